package io.fusewire.error;

/** The path of a request names a source that is not configured. */
public final class UnknownSourceException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnknownSourceException() {
        super("unknown_source");
    }
}
