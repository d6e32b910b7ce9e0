package io.fusewire.store;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Kept;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How writes get into a database. Thread-safe. */
interface WriteStrategy extends AutoCloseable {
    /** Opens a session; called again after one broke. */
    interface Opening {
        Session open() throws SQLException;
    }

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

    /** For how long the thread that commits has not turned. */
    Duration still();

    @Override
    void close();

    /** Everything goes through one thread: for a database that has one writer at a time anyway. */
    static final class SingleWriter implements WriteStrategy {
        /** A new event, or any other work; the one that it isn't is null. */
        private record Item(NewEvent arrival, Store.Work<?> work) {}

        private final GroupCommit<Item, Object> writer;
        private final GroupCommit.Batch<NewEvent, Kept> keeping;

        SingleWriter(Opening opening, GroupCommit.Batch<NewEvent, Kept> keeping, Duration patience) {
            this.writer = new GroupCommit<>(opening, new Together(), patience);
            this.keeping = keeping;
        }

        /** Events together, then the rest in its order. */
        private final class Together implements GroupCommit.Batch<Item, Object> {
            @Override
            public List<Object> write(Session session, List<Item> items) throws SQLException {
                List<NewEvent> arrivals = items.stream()
                        .map(Item::arrival)
                        .filter(Objects::nonNull)
                        .toList();
                Iterator<Kept> kept = keeping.write(session, arrivals).iterator();
                List<Object> results = new ArrayList<>(items.size());
                for (Item item : items) {
                    results.add(item.arrival != null ? kept.next() : item.work.in(session));
                }
                return results;
            }

            @Override
            public void committed() {
                keeping.committed();
            }
        }

        @Override
        public CompletableFuture<Kept> keep(NewEvent arrival) {
            return writer.write(new Item(arrival, null)).thenApply(Kept.class::cast);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T write(Store.Work<T> work) {
            return (T) WriteStrategy.await(writer.write(new Item(null, work)));
        }

        @Override
        public Duration still() {
            return writer.still();
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    /** New events share commits; every other write has a transaction of its own. For a database with many writers. */
    static final class ConcurrentWriters implements WriteStrategy {
        private static final int TRIES = 5;

        private final Opening opening;
        private final GroupCommit<NewEvent, Kept> arrivals;

        ConcurrentWriters(Opening opening, GroupCommit.Batch<NewEvent, Kept> keeping, Duration patience) {
            this.opening = opening;
            this.arrivals = new GroupCommit<>(opening, keeping, patience);
        }

        @Override
        public CompletableFuture<Kept> keep(NewEvent arrival) {
            return arrivals.write(arrival);
        }

        @Override
        public <T> T write(Store.Work<T> work) {
            for (int tried = 1; ; tried++) {
                try {
                    return once(work);
                } catch (SQLException e) {
                    if (tried == TRIES || !isConflict(e)) {
                        throw new StoreUnavailableException("the store refused a write", e);
                    }
                } catch (StoreUnavailableException e) {
                    throw e;
                } catch (RuntimeException e) {
                    throw new StoreUnavailableException("the store refused a write", e);
                }
            }
        }

        private <T> T once(Store.Work<T> work) throws SQLException {
            try (Session session = opening.open()) {
                session.begin();
                try {
                    T result = work.in(session);
                    session.commit();
                    return result;
                } catch (Throwable e) {
                    rollback(session, e);
                    throw e;
                }
            }
        }

        /** What failed first is what is told. */
        private static void rollback(Session session, Throwable first) {
            try {
                session.rollback();
            } catch (SQLException | RuntimeException e) {
                first.addSuppressed(e);
            }
        }

        /** A deadlock or a serialization failure: the same transaction may succeed at once. SQLSTATE class 40. */
        private static boolean isConflict(SQLException e) {
            return e.getSQLState() != null && e.getSQLState().startsWith("40");
        }

        @Override
        public Duration still() {
            return arrivals.still();
        }

        @Override
        public void close() {
            arrivals.close();
        }
    }
}
