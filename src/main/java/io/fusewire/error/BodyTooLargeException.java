package io.fusewire.error;

/** A request's body is longer than {@code fusewire.webhook.max-body-size}. */
public final class BodyTooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    public BodyTooLargeException() {
        super("the body is too large");
    }
}
