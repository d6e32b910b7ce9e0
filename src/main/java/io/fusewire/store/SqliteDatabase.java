package io.fusewire.store;

import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Identity;
import io.fusewire.store.Inbox.NewEvent.Kept;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** One SQLite file, write-ahead log, synced at every commit; used by one process, which holds a lock beside it. */
final class SqliteDatabase implements Database {
    private static final int COLUMNS = 6;

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
        Map<Identity, Long> ids = new HashMap<>();
        long before = before(session, log);
        int done = 0;
        for (; done + TOGETHER <= arrivals.size(); done += TOGETHER) {
            insert(session, "events-insert", arrivals.subList(done, done + TOGETHER), before + done, ids);
        }
        for (; done < arrivals.size(); done++) {
            insert(session, "event-insert", arrivals.subList(done, done + 1), before + done, ids);
        }
        List<Kept> kept = new ArrayList<>(arrivals.size());
        for (NewEvent arrival : arrivals) {
            Long id = ids.remove(arrival.identity());
            kept.add(id == null ? copy(session, arrival) : log.kept(id, session.now()));
        }
        return kept;
    }

    private static long before(Session session, OwnLog log) throws SQLException {
        return log.end() == OwnLog.UNKNOWN
                ? session.first("log-own", row -> row.getLong(4)).orElseThrow()
                : log.end();
    }

    private static Kept copy(Session session, NewEvent arrival) throws SQLException {
        return Kept.before(session.first("event-id", row -> row.getLong(1), arrival.key(), arrival.source())
                .orElse(0L));
    }

    private static void insert(
            Session session, String statement, List<NewEvent> arrivals, long before, Map<Identity, Long> ids)
            throws SQLException {
        List<Object> values = new ArrayList<>(arrivals.size() * COLUMNS);
        for (NewEvent arrival : arrivals) {
            long id = before + 1 + values.size() / COLUMNS;
            Collections.addAll(
                    values, id, arrival.key(), arrival.source(), arrival.type(), session.now(), arrival.body());
        }
        String one = arrivals.get(0).source();
        boolean same = arrivals.stream().allMatch(arrival -> arrival.source().equals(one));
        session.query(
                statement,
                row -> ids.put(new Identity(row.getString(2), same ? one : row.getString(3)), row.getLong(1)),
                values.toArray());
    }

    @Override
    public void close() {
        SqliteOpener.close(lock);
    }
}
