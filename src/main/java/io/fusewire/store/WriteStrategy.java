package io.fusewire.store;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.NewEvent.Kept;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How writes get into a database. Thread-safe. */
interface WriteStrategy extends AutoCloseable {

    /** Ends after the commit, on the thread that wrote, or with a {@link StoreUnavailableException}. */
    CompletableFuture<Kept> keep(NewEvent arrival);

    /** Waits for the commit, or throws a {@link StoreUnavailableException}. */
    <T> T write(Store.Work<T> work);

    /** Waits for what was handed to a writer. */
    static <T> T await(CompletableFuture<T> written) {
        try {
            return written.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreUnavailableException told
                    ? told
                    : new StoreUnavailableException("the store refused a write", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for a commit", e);
        }
    }

    @Override
    void close();
}
