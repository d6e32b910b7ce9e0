package io.fusewire.error;

import java.time.Duration;

/** A sink answered, and not with what it says when it has taken something. Never holds the URL, which may be a secret. */
public final class UnexpectedResponseException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Duration retryAfter;

    /**
     * @param answer the answer's text, shortened
     * @param retryAfter what the sink asked for, or null
     */
    public UnexpectedResponseException(int status, String answer, Duration retryAfter) {
        super(("answered " + status + " " + answer).strip());
        this.status = status;
        this.retryAfter = retryAfter;
    }

    public int getStatus() {
        return status;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
