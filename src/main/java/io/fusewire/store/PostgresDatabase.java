package io.fusewire.store;

import com.zaxxer.hikari.HikariDataSource;
import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Kept;
import io.fusewire.store.Inbox.NewEvent.SourceKey;
import io.fusewire.store.Inbox.NewEvent.StoredKey;
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
import java.util.Optional;
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
        Map<SourceKey, NewEvent> first = new LinkedHashMap<>();
        arrivals.forEach(arrival -> first.putIfAbsent(arrival.sourceKey(), arrival));
        Map<SourceKey, Kept> kept = new HashMap<>();
        insert(session, first.values(), log, kept);
        if (kept.isEmpty()
                && session.first("log-there", row -> row.getLong(1), log.id()).isEmpty()) {
            log.reopen(session);
            insert(session, first.values(), log, kept);
        }
        first.keySet().removeAll(kept.keySet());
        if (!first.isEmpty()) {
            again(session, first, log, kept);
        }
        List<Kept> each = new ArrayList<>(arrivals.size());
        for (NewEvent arrival : arrivals) {
            Kept one = kept.getOrDefault(arrival.sourceKey(), Kept.before(0));
            each.add(one);
            // Another copy in the same batch is not new.
            kept.put(arrival.sourceKey(), Kept.before(one.id()));
        }
        return each;
    }

    /** Their identities are taken: by copies, or by other keys. What has gone meanwhile stays refused. */
    private static void again(Session session, Map<SourceKey, NewEvent> refused, OwnLog log, Map<SourceKey, Kept> kept)
            throws SQLException {
        List<NewEvent> beside = List.copyOf(refused.values());
        while (!beside.isEmpty()) {
            List<StoredKey> taken = known(session, beside);
            for (StoredKey stored : taken) {
                if (refused.remove(stored.sourceKey()) != null) {
                    kept.put(stored.sourceKey(), Kept.before(stored.id()));
                }
            }
            beside = refused.values().stream()
                    .map(arrival -> arrival.beside(taken))
                    .flatMap(Optional::stream)
                    .toList();
            insert(session, beside, log, kept);
            refused.keySet().removeAll(kept.keySet());
        }
    }

    private static List<StoredKey> known(Session session, Collection<NewEvent> arrivals) throws SQLException {
        Connection connection = session.connection();
        return session.query(
                "events-known",
                StoredKey::read,
                connection.createArrayOf(
                        "bytea", bytes(arrivals, arrival -> arrival.identity().bytes())),
                connection.createArrayOf(
                        "bytea",
                        bytes(arrivals, arrival -> arrival.identity().last().bytes())),
                connection.createArrayOf("text", column(arrivals, NewEvent::source)));
    }

    private static void insert(Session session, Collection<NewEvent> arrivals, OwnLog log, Map<SourceKey, Kept> kept)
            throws SQLException {
        if (arrivals.isEmpty()) {
            return;
        }
        Connection connection = session.connection();
        long now = session.now();
        Map<SourceKey, Long> ids = new HashMap<>();
        session.query(
                "events-keep",
                row -> ids.put(new SourceKey(row.getString(2), row.getString(3)), row.getLong(1)),
                log.id(),
                now,
                connection.createArrayOf(
                        "bytea", bytes(arrivals, arrival -> arrival.identity().bytes())),
                connection.createArrayOf("text", column(arrivals, NewEvent::key)),
                connection.createArrayOf("text", column(arrivals, NewEvent::source)),
                connection.createArrayOf("text", column(arrivals, arrival -> Statements.text(arrival.type()))),
                connection.createArrayOf("bytea", bytes(arrivals, NewEvent::body)));
        for (NewEvent arrival : arrivals) {
            Long id = ids.get(arrival.sourceKey());
            if (id != null) {
                kept.put(arrival.sourceKey(), log.kept(id, now));
            }
        }
    }

    private static byte[][] bytes(Collection<NewEvent> arrivals, Function<NewEvent, byte[]> value) {
        return arrivals.stream().map(value).toArray(byte[][]::new);
    }

    private static Object[] column(Collection<NewEvent> arrivals, Function<NewEvent, Object> value) {
        return arrivals.stream().map(value).toArray();
    }

    @Override
    public void close() {
        pool.close();
    }
}
