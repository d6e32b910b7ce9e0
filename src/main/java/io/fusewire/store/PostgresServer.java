package io.fusewire.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** The pool's test of a new connection begins a transaction, in which the level can't be set any more. */
    @Override
    public void snapshot(Session session) throws SQLException {
        session.connection().rollback();
        session.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
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
    public List<Boolean> keep(Session session, List<Arrival> arrivals) throws SQLException {
        Connection connection = session.connection();
        Array keys = connection.createArrayOf(
                "text", arrivals.stream().map(Arrival::key).toArray());
        Array sources = connection.createArrayOf("text", texts(arrivals, Arrival::source));
        Array types = connection.createArrayOf("text", texts(arrivals, Arrival::type));
        Array bodies = connection.createArrayOf(
                "bytea", arrivals.stream().map(Arrival::body).toArray(byte[][]::new));
        Set<String> kept = new HashSet<>(
                session.query("events-keep", row -> row.getString(1), session.now(), keys, sources, types, bodies));
        return arrivals.stream().map(arrival -> kept.remove(arrival.key())).toList();
    }

    private static Object[] texts(List<Arrival> arrivals, Function<Arrival, String> column) {
        return arrivals.stream().map(column).map(Sql::text).toArray();
    }

    @Override
    public void close() {
        pool.close();
    }
}
