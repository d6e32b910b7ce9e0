package io.fusewire.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A PostgreSQL that any number of gateways share. Its clock is the one that leases and waits are measured by. */
final class PostgresServer implements Database {
    private final HikariDataSource pool;

    PostgresServer(HikariDataSource pool) {
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

    @Override
    public long now(Session session) throws SQLException {
        return session.first("now", row -> row.getLong(1)).orElseThrow();
    }

    /** The driver begins a transaction with its first statement. */
    @Override
    public void begin(Session session) {}

    /**
     * The pool's test of a new connection begins a transaction, in which the level can't be set any more. Whoever looks at
     * all rows at one moment reads whole tables.
     */
    @Override
    public void snapshot(Session session) throws SQLException {
        session.connection().rollback();
        session.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
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

    /** One statement for all of them: a round trip for each would be most of the time. */
    @Override
    public List<Kept> keep(Session session, List<Arrival> arrivals) throws SQLException {
        Connection connection = session.connection();
        long now = session.now();
        Map<String, Arrival> first = new LinkedHashMap<>();
        arrivals.forEach(arrival -> first.putIfAbsent(arrival.key(), arrival));
        Collection<Arrival> each = first.values();
        Map<String, Long> ids = new HashMap<>();
        session.query(
                "events-keep",
                row -> ids.put(row.getString(2), row.getLong(1)),
                connection.createArrayOf("text", column(each, Arrival::key)),
                connection.createArrayOf("text", column(each, Arrival::source)),
                connection.createArrayOf("text", column(each, arrival -> Sql.text(arrival.type()))),
                connection.createArrayOf(
                        "bytea", each.stream().map(Arrival::body).toArray(byte[][]::new)),
                connection.createArrayOf("bigint", column(each, arrival -> arrival.leasedUntil(now))),
                now);
        return arrivals.stream()
                .map(arrival -> arrival.kept(ids.remove(arrival.key()), now))
                .toList();
    }

    private static Object[] column(Collection<Arrival> arrivals, Function<Arrival, Object> value) {
        return arrivals.stream().map(value).toArray();
    }

    @Override
    public void close() {
        pool.close();
    }
}
