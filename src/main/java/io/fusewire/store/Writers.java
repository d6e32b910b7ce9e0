package io.fusewire.store;

/** How writes get into a database. Thread-safe; both methods return after the commit or throw {@link StoreUnavailable}. */
interface Writers extends AutoCloseable {

    /** Whether the event's key was new. */
    boolean keep(Arrival arrival);

    <T> T write(Store.Work<T> work);

    @Override
    void close();
}
