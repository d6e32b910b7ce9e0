package io.fusewire.store;

import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Kept;
import io.fusewire.store.Inbox.NewEvent.StoredKey;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** One SQLite file, write-ahead log, synced at every commit; used by one process, which holds a lock beside it. */
final class SqliteDatabase implements Database {
    private static final int COLUMNS = 7;

    /** Of each connection: the writer's pages and the keys' index stay in memory. */
    private static final int CACHE_KIB = 32 << 10;

    /** 16 MiB: a page that is changed many times in between is moved to the file once. */
    private static final int CHECKPOINT_PAGES = 4_000;

    /** Rows of {@code events-insert}: one statement for many costs a fraction of many for one each. */
    private static final int TOGETHER = 16;

    private final InstantSource clock;
    private final SQLiteDataSource source;
    private final FileChannel lock;

    SqliteDatabase(Path file, InstantSource clock, FileChannel lock) {
        this.clock = clock;
        this.lock = lock;
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(1_000);
        config.setCacheSize(-CACHE_KIB);
        this.source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
    }

    @Override
    public String dialect() {
        return "sqlite";
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public long now(Session session) {
        return clock.millis();
    }

    @Override
    public void begin(Session session) throws SQLException {
        session.execute("begin");
    }

    @Override
    public void snapshot(Session session) throws SQLException {
        session.execute("snapshot");
    }

    @Override
    public void commit(Session session) throws SQLException {
        session.execute("commit");
    }

    @Override
    public void rollback(Session session) throws SQLException {
        session.execute("rollback");
    }

    /** By ids of our own: those of SQLite begin anew when retention has taken all events, behind the place in the log. */
    @Override
    public List<Kept> keep(Session session, List<NewEvent> arrivals, OwnLog log) throws SQLException {
        if (arrivals.isEmpty()) {
            return List.of();
        }
        long next = 1 + before(session, log);
        Set<Long> inserted = new HashSet<>();
        int done = 0;
        for (; done + TOGETHER <= arrivals.size(); done += TOGETHER) {
            insert(session, "events-insert", arrivals.subList(done, done + TOGETHER), next + done, inserted);
        }
        for (; done < arrivals.size(); done++) {
            insert(session, "event-insert", arrivals.subList(done, done + 1), next + done, inserted);
        }
        Kept[] kept = new Kept[done];
        for (int i = 0; i < done; i++) {
            kept[i] = inserted.contains(next + i) ? log.kept(next + i, session.now()) : null;
        }
        next += done;
        for (int i = 0; i < done; i++) {
            kept[i] = kept[i] == null ? again(session, arrivals.get(i), next++, log) : kept[i];
        }
        return List.of(kept);
    }

    private static long before(Session session, OwnLog log) throws SQLException {
        return log.end() == OwnLog.UNKNOWN
                ? session.first("log-own", row -> row.getLong(4)).orElseThrow()
                : log.end();
    }

    /** Its identity is taken: by a copy, or by another key. */
    private static Kept again(Session session, NewEvent arrival, long id, OwnLog log) throws SQLException {
        List<StoredKey> stored = session.query(
                "events-known",
                StoredKey::read,
                arrival.identity().bytes(),
                arrival.identity().last().bytes(),
                arrival.source());
        for (StoredKey each : stored) {
            if (each.sourceKey().equals(arrival.sourceKey())) {
                return Kept.before(each.id());
            }
        }
        insert(session, "event-insert", List.of(arrival.beside(stored).orElseThrow()), id, new HashSet<>());
        return log.kept(id, session.now());
    }

    private static void insert(
            Session session, String statement, List<NewEvent> arrivals, long first, Set<Long> inserted)
            throws SQLException {
        List<Object> values = new ArrayList<>(arrivals.size() * COLUMNS);
        for (NewEvent arrival : arrivals) {
            Collections.addAll(
                    values,
                    first + values.size() / COLUMNS,
                    arrival.identity().bytes(),
                    arrival.key(),
                    arrival.source(),
                    arrival.type(),
                    session.now(),
                    arrival.body());
        }
        session.query(statement, row -> inserted.add(row.getLong(1)), values.toArray());
    }

    @Override
    public void close() {
        SqliteOpener.close(lock);
    }
}
