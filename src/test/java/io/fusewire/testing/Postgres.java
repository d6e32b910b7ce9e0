package io.fusewire.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL for all tests of a run: started by the first that asks, stopped with the JVM. */
public final class Postgres {
    public static final String USER = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgres server;

    private Postgres() {}

    /** A new, empty database: its JDBC URL. */
    public static synchronized String database() {
        String name = "store" + DATABASES.incrementAndGet();
        execute(url("postgres"), "CREATE DATABASE " + name);
        return url(name);
    }

    /** What makes a gateway keep its store there. */
    public static Map<String, String> properties(String url) {
        return Map.of("fusewire.store.url", url, "fusewire.store.user", USER);
    }

    /** Runs a statement. */
    public static void execute(String url, String statement) {
        try (Connection connection = DriverManager.getConnection(url, USER, "");
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of each row. */
    public static List<String> rows(String url, String query) {
        return FirstColumn.of(() -> DriverManager.getConnection(url, USER, ""), query);
    }

    /** Locks a table until it is closed: whoever wants to use it waits. */
    public static Lock lock(String url, String table) {
        try {
            Connection connection = DriverManager.getConnection(url, USER, "");
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            }
            return new Lock(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A table that nobody else can use. */
    public record Lock(Connection connection) implements AutoCloseable {
        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static synchronized String url(String database) {
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(1))
                        .setServerConfig("max_connections", "300")
                        .start();
            }
            return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
