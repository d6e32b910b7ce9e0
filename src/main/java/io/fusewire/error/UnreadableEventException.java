package io.fusewire.error;

/** A body that is no event. The message is one sentence for the sender and never quotes the body. */
public final class UnreadableEventException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableEventException(String message) {
        super(message);
    }
}
