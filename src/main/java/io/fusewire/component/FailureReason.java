package io.fusewire.component;

import io.fusewire.error.UnexpectedResponseException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RuntimeCamelException;

/** Why something failed, in a line that is safe to keep: no secret, no stack, at most 300 characters. */
public final class FailureReason {
    private static final int LONGEST = 300;
    private static final int DEEPEST = 10;

    /** C0 and C1, which a terminal obeys, and what ends a line or a paragraph. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    private FailureReason() {}

    /** A text of outside in one line, without control characters: fit for a log, a reason or a label. */
    public static String line(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }

    /** What is at the bottom of it, where the text does not say so: an expired certificate, and not only no connection. */
    private static String root(Throwable thrown, String text) {
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < DEEPEST; depth++) {
            root = root.getCause();
        }
        String said = root == thrown || root.getMessage() == null ? "" : root.getMessage();
        return text.contains(said) ? "" : "; " + root.getClass().getSimpleName() + ": " + said;
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
        String line = line(redact.apply(text + root(cause, text))).strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
    }
}
