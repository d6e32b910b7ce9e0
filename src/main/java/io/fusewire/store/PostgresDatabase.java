package io.fusewire.store;

import com.zaxxer.hikari.HikariDataSource;
import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Identity;
import io.fusewire.store.Inbox.NewEvent.Kept;
import io.fusewire.store.Session.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A PostgreSQL that any number of gateways share. Its clock is the one that leases and waits are measured by. */
final class PostgresDatabase implements Database {
    private static final int LONGEST_READING = (int) Duration.ofMinutes(10).toMillis();
    private static final long TIME_HOLDS = Duration.ofSeconds(1).toNanos();
    private static final long TIME_IS_SHARP = Duration.ofMillis(10).toNanos();

    /** What the server said of the time, and when by our clock that runs evenly. */
    private record Reading(long millis, long nanos) {

        boolean holds(long nanosNow) {
            return nanosNow - nanos < TIME_HOLDS;
        }

        long at(long nanosNow) {
            return millis + TimeUnit.NANOSECONDS.toMillis(nanosNow - nanos);
        }
    }

    private final HikariDataSource pool;
    private volatile Reading reading = new Reading(0, System.nanoTime() - TIME_HOLDS);

    PostgresDatabase(HikariDataSource pool) {
        this.pool = pool;
    }

    @Override
    public String dialect() {
        return "postgresql";
    }

    @Override
    public Connection connect() throws SQLException {
        return pool.getConnection();
    }

    /** Asked once a second, not once a transaction: within a second two clocks don't part by a millisecond. */
    @Override
    public long now(Session session) throws SQLException {
        long asked = System.nanoTime();
        Reading last = reading;
        if (last.holds(asked)) {
            return last.at(asked);
        }
        long millis = session.first("now", row -> row.getLong(1)).orElseThrow();
        if (System.nanoTime() - asked < TIME_IS_SHARP) {
            reading = new Reading(millis, asked);
        }
        return millis;
    }

    /** The driver begins a transaction with its first statement. */
    @Override
    public void begin(Session session) {}

    /** Whoever reads all rows at one moment reads whole tables, and takes its time. */
    @Override
    public void snapshot(Session session) throws SQLException {
        session.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        session.connection().setNetworkTimeout(Runnable::run, LONGEST_READING);
        session.execute("snapshot");
    }

    @Override
    public void commit(Session session) throws SQLException {
        session.connection().commit();
    }

    @Override
    public void rollback(Session session) throws SQLException {
        session.connection().rollback();
    }

    /** One statement for all: a round trip for each would be most of the time. */
    @Override
    public List<Kept> keep(Session session, List<NewEvent> arrivals, OwnLog log) throws SQLException {
        Map<Identity, NewEvent> first = new LinkedHashMap<>();
        arrivals.forEach(arrival -> first.putIfAbsent(arrival.identity(), arrival));
        long now = session.now();
        Map<Identity, Long> ids = insert(session, first.values(), now, log);
        if (ids.isEmpty()
                && session.first("log-there", row -> row.getLong(1), log.id()).isEmpty()) {
            log.reopen(session);
            ids = insert(session, first.values(), now, log);
        }
        Map<Identity, Kept> kept = new HashMap<>();
        List<Identity> known = new ArrayList<>();
        for (Identity each : first.keySet()) {
            Long id = ids.get(each);
            if (id == null) {
                known.add(each);
            } else {
                kept.put(each, log.kept(id, now));
            }
        }
        if (!known.isEmpty()) {
            before(session, known, kept);
        }
        List<Kept> each = new ArrayList<>(arrivals.size());
        for (NewEvent arrival : arrivals) {
            Kept one = kept.getOrDefault(arrival.identity(), Kept.before(0));
            each.add(one);
            // Another copy in the same batch is not new.
            kept.put(arrival.identity(), Kept.before(one.id()));
        }
        return each;
    }

    /** Finds the ids of the first copies. */
    private static void before(Session session, List<Identity> known, Map<Identity, Kept> kept) throws SQLException {
        Connection connection = session.connection();
        session.query(
                "events-known",
                row -> kept.put(new Identity(row.getString(2), row.getString(3)), Kept.before(row.getLong(1))),
                connection.createArrayOf(
                        "text", known.stream().map(Identity::key).toArray()),
                connection.createArrayOf(
                        "text", known.stream().map(Identity::source).toArray()));
    }

    private static Map<Identity, Long> insert(Session session, Collection<NewEvent> arrivals, long now, OwnLog log)
            throws SQLException {
        Connection connection = session.connection();
        Map<Identity, Long> ids = new HashMap<>();
        session.query(
                "events-keep",
                row -> ids.put(new Identity(row.getString(2), row.getString(3)), row.getLong(1)),
                log.id(),
                now,
                connection.createArrayOf("text", column(arrivals, NewEvent::key)),
                connection.createArrayOf("text", column(arrivals, NewEvent::source)),
                connection.createArrayOf("text", column(arrivals, arrival -> Statements.text(arrival.type()))),
                connection.createArrayOf(
                        "bytea", arrivals.stream().map(NewEvent::body).toArray(byte[][]::new)));
        return ids;
    }

    private static Object[] column(Collection<NewEvent> arrivals, Function<NewEvent, Object> value) {
        return arrivals.stream().map(value).toArray();
    }

    @Override
    public void close() {
        pool.close();
    }
}
