package io.fusewire.store;

/** How writes get into a database. Thread-safe; both methods return after the commit or throw {@link StoreUnavailable}. */
interface Writers extends AutoCloseable {

    Kept keep(Arrival arrival);

    <T> T write(Store.Work<T> work);

    @Override
    void close();
}
