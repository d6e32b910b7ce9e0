package io.fusewire.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The event log and its queues in a SQL database. All writes go through one group-committing writer; reads open a
 * connection of their own. Thread-safe.
 */
public final class Store implements AutoCloseable {
    private static final int VERSION = 1;

    private final DataSource source;
    private final Sql sql;
    private final InstantSource clock;
    private final Duration patience;
    private final GroupCommit writer;

    /**
     * @param patience how long a write may wait for its commit before the caller is told that the store is unavailable
     */
    public Store(DataSource source, String dialect, InstantSource clock, Duration patience) throws SQLException {
        this.source = source;
        this.sql = new Sql(dialect);
        this.clock = clock;
        this.patience = patience;
        prepare();
        this.writer = new GroupCommit(() -> new Session(source.getConnection(), sql));
        write(this::releaseLeases);
    }

    /** The embedded store: one SQLite file, write-ahead log, synced at every commit. */
    public static Store embedded(Path folder, InstantSource clock, Duration patience) throws Exception {
        Files.createDirectories(folder);
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(1_000);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + folder.resolve("fusewire.db"));
        return new Store(source, "sqlite", clock, patience);
    }

    /** Milliseconds since 1970, by the injected clock. */
    long now() {
        return clock.millis();
    }

    /**
     * Writes and waits for the commit.
     *
     * @throws StoreUnavailable when the write fails or is not committed in time
     */
    <T> T write(GroupCommit.Write<T> write) {
        CompletableFuture<T> done = writer.submit(write);
        try {
            return done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new StoreUnavailable("the store refused a write", e.getCause());
        } catch (TimeoutException e) {
            done.cancel(false);
            throw new StoreUnavailable("the store did not commit within " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting for a commit", e);
        }
    }

    /** Reads on a connection of its own. */
    <T> T read(GroupCommit.Write<T> read) {
        try (Session session = new Session(source.getConnection(), sql)) {
            return read.in(session);
        } catch (SQLException e) {
            throw new StoreUnavailable("the store could not be read", e);
        }
    }

    private void prepare() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            int version = statement.executeQuery("PRAGMA user_version").getInt(1);
            if (version > VERSION) {
                throw new SQLException("the store has version " + version + ", this program knows " + VERSION
                        + ": run the newer program, or set fusewire.data-folder to another folder");
            }
            if (version == 0) {
                connection.setAutoCommit(false);
                for (String part : sql.get("schema").split(";")) {
                    if (!part.isBlank()) {
                        statement.executeUpdate(part);
                    }
                }
                statement.executeUpdate("PRAGMA user_version = " + VERSION);
                connection.commit();
            }
        }
    }

    /** An embedded store has one process: what was leased before this start was left by a crash. */
    private Integer releaseLeases(Session session) throws SQLException {
        return session.update("desk-release") + session.update("delivery-release") + session.update("lane-release");
    }

    @Override
    public void close() {
        writer.close();
    }
}
