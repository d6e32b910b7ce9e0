package io.fusewire.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first connection to a PostgreSQL, which may come up with the machine a few seconds later than the gateway: it is
 * waited for, and the log says so. What is wrong for good is told at once.
 *
 * @param timeout how long to wait for a server that does not answer yet
 */
record FirstConnection(PostgresLocation store, Duration timeout) {
    private static final Logger LOG = LoggerFactory.getLogger(FirstConnection.class);

    /** The SQLSTATE of a write to a server, or in a transaction, that only reads. */
    static final String READ_ONLY = "25006";

    /** Unable to connect, a connection that broke off, and a server that starts, stops, or only reads. */
    private static final Set<String> NOT_UP = Set.of("08001", "08006", "57P01", "57P02", "57P03", READ_ONLY);

    /** What PgBouncer says while its own connections to the server fail; its SQLSTATE is that of all its refusals. */
    private static final String POOLER_WAITS = "server_login_retry";

    private static final long RETRY_MILLIS = 500;

    /** @throws SQLException when it is refused, when nobody answers for too long, and when the JVM stops meanwhile */
    Connection open(Properties properties) throws SQLException {
        try {
            return connect(properties);
        } catch (SQLException e) {
            if (!isNotUp(e) || timeout.isZero()) {
                throw e;
            }
            LOG.warn(
                    isReadOnly(e)
                            ? "PostgreSQL takes no writes at {} yet; the start waits for a primary, {} seconds at most"
                                    + " (fusewire.store.start-timeout)."
                            : "No PostgreSQL answers at {} yet; the start waits for it, {} seconds at most"
                                    + " (fusewire.store.start-timeout).",
                    store.place(),
                    timeout.toSeconds());
            return stoppable(e, properties);
        }
    }

    private Connection connect(Properties properties) throws SQLException {
        return DriverManager.getConnection(store.driverUrl(), properties);
    }

    /** The JVM's own stop waits for the start, which must not wait for the database then. */
    private Connection stoppable(SQLException failed, Properties properties) throws SQLException {
        Thread stop = new Thread(Thread.currentThread()::interrupt, "fusewire-stop-waiting");
        try {
            Runtime.getRuntime().addShutdownHook(stop);
        } catch (IllegalStateException e) {
            throw failed;
        }
        try {
            return later(failed, properties);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(stop);
            } catch (IllegalStateException e) {
                LOG.debug("The JVM stops.");
            }
        }
    }

    private Connection later(SQLException failed, Properties properties) throws SQLException {
        long began = System.nanoTime();
        SQLException last = failed;
        while (System.nanoTime() - began < timeout.toNanos()) {
            pause(last);
            try {
                Connection connection = connect(properties);
                LOG.info("PostgreSQL answers at {} now.", store.place());
                return connection;
            } catch (SQLException e) {
                if (!isNotUp(e)) {
                    throw e;
                }
                last = e;
            }
        }
        throw last;
    }

    /** Whether nobody answers there, or the server is starting or only reads: that may pass. */
    static boolean isNotUp(SQLException e) {
        return NOT_UP.contains(String.valueOf(e.getSQLState()))
                || String.valueOf(e.getMessage()).contains(POOLER_WAITS);
    }

    /** Whether there is a server, but none that takes writes: the driver found no primary, or a write was refused. */
    static boolean isReadOnly(SQLException e) {
        return READ_ONLY.equals(e.getSQLState())
                || String.valueOf(e.getMessage()).contains("targetServerType");
    }

    private static void pause(SQLException failed) throws SQLException {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed;
        }
    }
}
