package io.fusewire.store;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.NewEvent.Kept;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** New events share commits; every other write has a transaction of its own. For a database with many writers. */
final class ConcurrentWriters implements WriteStrategy {
    private static final int TRIES = 5;

    private final ReopenedSession.Opening opening;
    private final GroupCommit<NewEvent, Kept> arrivals;

    ConcurrentWriters(ReopenedSession.Opening opening, GroupCommit.Batch<NewEvent, Kept> keeping, Duration patience) {
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
            } catch (SQLException | RuntimeException e) {
                rollback(session, e);
                throw e;
            }
        }
    }

    /** What failed first is what is told. */
    private static void rollback(Session session, Exception first) {
        try {
            session.rollback();
        } catch (SQLException e) {
            first.addSuppressed(e);
        }
    }

    /** A deadlock or a serialization failure: the same transaction may succeed at once. SQLSTATE class 40. */
    private static boolean isConflict(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("40");
    }

    @Override
    public void close() {
        arrivals.close();
    }
}
