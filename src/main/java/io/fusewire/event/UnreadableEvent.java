package io.fusewire.event;

/** A body that is no event. The message is one sentence for the sender and never quotes the body. */
public final class UnreadableEvent extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableEvent(String message) {
        super(message);
    }
}
