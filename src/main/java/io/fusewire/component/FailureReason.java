package io.fusewire.component;

import io.fusewire.error.UnexpectedResponseException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RuntimeCamelException;

/** Why something failed, in a line that is safe to keep: no secret, no stack, at most 300 characters. */
public final class FailureReason {
    private static final int LONGEST = 300;

    /** C0 and C1, which a terminal obeys, and what ends a line or a paragraph. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    private FailureReason() {}

    /** A text of outside in one line, without control characters: fit for a log, a reason or a label. */
    public static String line(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }

    public static String of(Throwable thrown, UnaryOperator<String> redact) {
        Throwable cause = thrown;
        while (cause.getCause() != null
                && (cause instanceof RuntimeCamelException || cause instanceof CamelExecutionException)) {
            cause = cause.getCause();
        }
        String text = cause instanceof UnexpectedResponseException
                ? cause.getMessage()
                : cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        String line = line(redact.apply(text)).strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
    }
}
