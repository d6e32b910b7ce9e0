package io.fusewire.error;

/** So much waits already that an ever longer queue would help nobody: the sender may come again. */
public final class BacklogFullException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    public BacklogFullException() {
        super("the backlog is at its limit", null);
    }
}
