package io.fusewire.component;

import io.fusewire.error.UnexpectedResponseException;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RuntimeCamelException;

/** Why something failed, in a line that is safe to keep: no secret, no stack, at most 300 characters. */
public final class FailureReason {
    private static final int LONGEST = 300;

    private FailureReason() {}

    public static String of(Throwable thrown, UnaryOperator<String> redact) {
        Throwable cause = thrown;
        while (cause.getCause() != null
                && (cause instanceof RuntimeCamelException || cause instanceof CamelExecutionException)) {
            cause = cause.getCause();
        }
        String text = cause instanceof UnexpectedResponseException
                ? cause.getMessage()
                : cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        String line = redact.apply(text).replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
    }
}
