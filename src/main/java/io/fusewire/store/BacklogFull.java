package io.fusewire.store;

/** So much waits already that an ever longer queue would help nobody: the sender may come again. */
public final class BacklogFull extends StoreUnavailable {
    private static final long serialVersionUID = 1L;

    BacklogFull() {
        super("the backlog is at its limit", null);
    }
}
