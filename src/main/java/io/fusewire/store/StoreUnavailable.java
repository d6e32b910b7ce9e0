package io.fusewire.store;

/** The store did not take a write in time, or could not: nothing was promised, the sender may come again. */
public class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
