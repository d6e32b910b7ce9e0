package io.fusewire.store;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.OwnLog.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who judges which log: what a node stores is one, and when its lease is over another node takes over all of it. Thread-safe.
 */
public final class EventLogs {
    private final Store store;

    EventLogs(Store store) {
        this.store = store;
    }

    /** Takes over the logs whose leases are over, with all that they hold. */
    public List<Place> takeOver(Duration lease) {
        return store.write(session ->
                session.query("log-take", EventLogs::place, session.now() + lease.toMillis(), session.now()));
    }

    /**
     * Takes a log anew: a thread of this node that had it until now, and hangs, writes nothing more.
     *
     * @return where the rules really stand; empty where another node has it
     */
    public Optional<Place> again(Place place, Duration lease) {
        return store.write(session -> session.first(
                "log-again", EventLogs::place, session.now() + lease.toMillis(), place.log(), place.epoch()));
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(row.getLong(1), row.getLong(2), row.getLong(3));
    }

    /** Goes on with the lease; false where another node has it. */
    public boolean renew(Place place, Duration lease) {
        return store.write(session ->
                session.update("log-renew", session.now() + lease.toMillis(), place.log(), place.epoch()) > 0);
    }

    /** Ends the lease: whoever comes next takes it over. */
    public void giveUp(Place place) {
        store.write(session -> session.update("log-renew", 0, place.log(), place.epoch()));
    }

    /** Ends another node's log, if all of it is judged; what it counted goes on to another. */
    public boolean end(Place place) {
        return store.write(session -> {
            Optional<long[]> counted = session.first(
                    "log-lock",
                    row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)},
                    place.log(),
                    place.epoch());
            if (counted.isEmpty() || session.update("log-close", place.log()) == 0) {
                return false;
            }
            long[] sums = counted.get();
            if (session.update("log-count", sums[0], sums[1], sums[2]) == 0) {
                throw new SQLException("no log is left to go on counting");
            }
            return true;
        });
    }

    /** Whether the store takes writes at all. */
    public boolean areWritable() {
        try {
            store.write(session -> session.update("log-count", 0, 0, 0));
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }
}
