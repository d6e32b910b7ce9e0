package io.fusewire.poll.client;

/** An answer with status 200 that is no page. */
public final class UnreadablePage extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadablePage(String what) {
        super(what);
    }
}
