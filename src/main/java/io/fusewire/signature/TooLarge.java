package io.fusewire.signature;

/** A request's body is longer than {@code fusewire.webhook.max-body-size}. */
public final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    TooLarge() {
        super("the body is too large");
    }
}
