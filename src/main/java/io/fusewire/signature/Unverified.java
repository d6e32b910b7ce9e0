package io.fusewire.signature;

/** The request isn't proven to come from the source. The message names the kind of fault, for a metric, not for the sender. */
public final class Unverified extends Exception {
    private static final long serialVersionUID = 1L;

    Unverified(String kind) {
        super(kind);
    }
}
