package io.fusewire.store;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Kept;
import io.fusewire.store.Session.Statements;
import io.fusewire.store.WriteStrategy.ConcurrentWriters;
import io.fusewire.store.WriteStrategy.SingleWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event log and its queues in a SQL database; how writes get there is the strategy's affair. Thread-safe. */
public final class Store implements AutoCloseable {
    /** Something to write or read; a write may run again after it failed, so it must have no effect beside the database. */
    interface Work<T> {
        T in(Session session) throws SQLException;
    }

    private final Database database;
    private final Statements sql;
    private final OwnLog log;
    private final WriteStrategy writers;

    private Store(Database database, Statements sql, OwnLog log, WriteStrategy writers) {
        this.database = database;
        this.sql = sql;
        this.log = log;
        this.writers = writers;
    }

    /**
     * The embedded store: one SQLite file, used by this process alone.
     *
     * @param clock what leases and waits are measured by
     * @param patience how long a write may wait for its commit before the caller is told that the store is unavailable
     * @throws IllegalArgumentException in one sentence, when the folder or its file can't be used
     */
    public static Store embedded(Path folder, InstantSource clock, Duration patience) {
        SqliteDatabase file = SqliteOpener.open(folder, clock);
        Statements sql = new Statements(file.dialect());
        try (Session session = new Session(file, sql)) {
            OwnLog log = recover(file, session);
            return new Store(file, sql, log, new SingleWriter(() -> new Session(file, sql), log, patience));
        } catch (SQLException | RuntimeException e) {
            file.close();
            throw SqliteOpener.unusable(folder.resolve(SqliteOpener.NAME), e);
        }
    }

    /** Frees what a crash left leased, as slowly as the disk may be: nobody waits for an answer yet. */
    private static OwnLog recover(Database file, Session session) throws SQLException {
        session.begin();
        session.update("log-begin");
        session.update("delivery-release");
        session.update("destination-release");
        session.update("poll-release");
        TimeCorrection.apply(session);
        OwnLog log = OwnLog.found(file, session);
        session.commit();
        return log;
    }

    /**
     * A store that several gateways share. Leases and waits are measured by the database's clock.
     *
     * @param connections the most connections that this gateway opens
     * @param startTimeout how long to wait for a server that does not answer yet
     * @throws IllegalArgumentException in one sentence, when the database can't be used
     */
    public static Store shared(PostgresLocation where, int connections, Duration patience, Duration startTimeout) {
        return shared(PostgresOpener.open(where, connections, patience, startTimeout), patience);
    }

    /**
     * A store in a host's PostgreSQL. The host closes its database, after this store; each connection goes back to it
     * with the settings that it had.
     *
     * @param connections the most connections that this gateway takes of it
     * @throws IllegalArgumentException in one sentence, when the database is another or can't be used
     */
    public static Store shared(DataSource host, int connections, Duration patience) {
        return shared(PostgresOpener.open(host, connections, patience), patience);
    }

    static Store shared(Database server, Duration patience) {
        Store store = concurrent(server, patience);
        try {
            store.write(TimeCorrection::apply);
            return store;
        } catch (StoreUnavailableException e) {
            store.close();
            throw e;
        }
    }

    private static Store concurrent(Database server, Duration patience) {
        Statements sql = new Statements(server.dialect());
        OwnLog log = new OwnLog(server);
        return new Store(server, sql, log, new ConcurrentWriters(() -> new Session(server, sql), log, patience));
    }

    /** Reads an embedded store that a gateway may be using. */
    public static Store look(Path folder, InstantSource clock) {
        return concurrent(SqliteOpener.look(folder, clock), Duration.ofSeconds(10));
    }

    /**
     * Stores an event, in this node's log.
     *
     * @return after the commit, on the thread that wrote: what became of it; where its key isn't new, the first copy is
     *     committed. A {@link StoreUnavailableException} when nothing was promised
     */
    CompletableFuture<Kept> keep(NewEvent arrival) {
        return writers.keep(arrival);
    }

    /**
     * Writes and waits for the commit.
     *
     * @throws StoreUnavailableException when the write fails or is not committed in time
     */
    <T> T write(Work<T> work) {
        return writers.write(work);
    }

    OwnLog log() {
        return log;
    }

    /** Reads on a connection of its own. */
    <T> T read(Work<T> work) {
        try (Session session = new Session(database, sql)) {
            return work.in(session);
        } catch (SQLException e) {
            throw new StoreUnavailableException("the store could not be read", e);
        }
    }

    /** For how long the thread that commits has not turned; milliseconds while all is well. */
    public Duration still() {
        return writers.still();
    }

    @Override
    public void close() {
        writers.close();
        database.close();
    }

    /**
     * The machine's clock without its jumps: it follows a clock that is corrected little by little, and goes on evenly where
     * that one leaps, so that no lease ends early and nothing waits for hours. Thread-safe.
     */
    public static final class SteadyClock implements InstantSource {
        private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);
        private static final Duration LEAP = Duration.ofSeconds(5);

        private final InstantSource wall;
        private final LongSupplier nanos;
        private Instant anchor;
        private long anchorNanos;
        private boolean apart;

        /** @param nanos runs evenly, as {@link System#nanoTime()} does */
        public SteadyClock(InstantSource wall, LongSupplier nanos) {
            this.wall = wall;
            this.nanos = nanos;
            this.anchor = wall.instant();
            this.anchorNanos = nanos.getAsLong();
        }

        @Override
        public synchronized Instant instant() {
            long passed = nanos.getAsLong() - anchorNanos;
            Instant even = anchor.plusNanos(passed);
            Instant shown = wall.instant();
            Duration off = Duration.between(even, shown);
            boolean leapt = off.abs().compareTo(LEAP) > 0;
            if (leapt != apart) {
                apart = leapt;
                LOG.warn("The machine's clock is {} off the store's, which goes on evenly until a restart.", off);
            }
            // Ahead of the wall it runs at half the speed until that has caught up.
            Instant slow = anchor.plusNanos(passed / 2);
            anchor = leapt ? even : slow.isAfter(shown) ? slow : shown;
            anchorNanos += passed;
            return anchor;
        }
    }
}
