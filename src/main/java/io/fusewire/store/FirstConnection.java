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

    /** Unable to connect, a connection that broke off, and a server that starts or stops. */
    private static final Set<String> NOT_UP = Set.of("08001", "08006", "57P03");

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
                    "No PostgreSQL answers at {} yet; the start waits for it, {} seconds at most"
                            + " (fusewire.store.start-timeout).",
                    store.place(),
                    timeout.toSeconds());
            return stoppable(e, properties);
        }
    }

    private Connection connect(Properties properties) throws SQLException {
        return DriverManager.getConnection(store.url(), properties);
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

    /** Whether nobody answers there, or only that the server is starting: that may pass. */
    static boolean isNotUp(SQLException e) {
        return NOT_UP.contains(String.valueOf(e.getSQLState()));
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
