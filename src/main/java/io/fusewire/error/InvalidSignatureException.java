package io.fusewire.error;

/** The request isn't proven to come from the source. The message names the kind of fault, for a metric, not for the sender. */
public final class InvalidSignatureException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidSignatureException(String kind) {
        super(kind);
    }
}
