package io.fusewire.error;

/** The store did not take a write in time, or could not: nothing was promised, the sender may come again. */
public class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
