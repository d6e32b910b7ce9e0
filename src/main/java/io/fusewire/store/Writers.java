package io.fusewire.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How writes get into a database. Thread-safe. */
interface Writers extends AutoCloseable {

    /** Ends after the commit, on the thread that wrote, or with a {@link StoreUnavailable}. */
    CompletableFuture<Kept> keep(Arrival arrival);

    /** Waits for the commit, or throws a {@link StoreUnavailable}. */
    <T> T write(Store.Work<T> work);

    /** Waits for what was handed to a writer. */
    static <T> T await(CompletableFuture<T> written) {
        try {
            return written.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreUnavailable told
                    ? told
                    : new StoreUnavailable("the store refused a write", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting for a commit", e);
        }
    }

    @Override
    void close();
}
