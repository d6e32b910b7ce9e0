package io.fusewire.store;

import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Identity;
import io.fusewire.store.Inbox.NewEvent.Kept;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
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
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** One SQLite file, write-ahead log, synced at every commit; used by one process, which holds a lock beside it. */
final class SqliteDatabase implements Database {
    static final String NAME = "fusewire.db";
    private static final int COLUMNS = 5;

    /** Of each connection: the writer's pages and the keys' index stay in memory. */
    private static final int CACHE_KIB = 32 << 10;

    /** 16 MiB: a page that is changed many times in between is moved to the file once. */
    private static final int CHECKPOINT_PAGES = 4_000;

    /** Rows of {@code events-insert}: one statement for many costs a fraction of many for one each. */
    private static final int TOGETHER = 16;

    private final Path file;
    private final InstantSource clock;
    private final SQLiteDataSource source;
    private final FileChannel lock;

    private SqliteDatabase(Path file, InstantSource clock, FileChannel lock) {
        this.file = file;
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

    /**
     * Opens the store in a folder, or makes it.
     *
     * @throws IllegalArgumentException in one sentence, when the folder or the file can't be used; nothing is changed then
     */
    static SqliteDatabase open(Path folder, InstantSource clock) {
        Path file = folder.resolve(NAME);
        SqliteDatabase opened = new SqliteDatabase(file, clock, lock(folder));
        try {
            opened.prepare();
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw opened.unusable(e);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Reads a store that a gateway may be using. */
    static SqliteDatabase look(Path folder, InstantSource clock) {
        return new SqliteDatabase(StoreProbe.existing(folder), clock, null);
    }

    private static FileChannel lock(Path folder) {
        FileChannel channel = null;
        try {
            PrivateFiles.folder(folder);
            channel = FileChannel.open(
                    folder.resolve("fusewire.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                PrivateFiles.files(folder, NAME);
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another gateway of this process has it.
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "fusewire.data-folder: cannot write to " + folder + " ("
                            + e.getClass().getSimpleName() + "); name a folder that this user may write to",
                    e);
        }
        close(channel);
        throw new IllegalArgumentException("fusewire.data-folder: another gateway is using " + folder
                + "; stop it, name another folder, or let several share a PostgreSQL by fusewire.store.url");
    }

    private void prepare() throws SQLException {
        List<String> scripts = Schema.missing(found(), "fusewire.data-folder: " + file);
        if (!scripts.isEmpty()) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                Schema.run(scripts, statement, dialect());
                statement.executeUpdate("PRAGMA user_version = " + Schema.VERSION);
                connection.commit();
            }
        }
    }

    /** By a connection without our settings, which would change a file that isn't ours. */
    Schema.Found found() throws SQLException {
        try (Connection connection = DriverManager.getConnection(source.getUrl());
                Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("PRAGMA user_version")) {
            return new Schema.Found(version.getInt(1), tables(connection));
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    /** In one sentence, why it can't be used. */
    IllegalArgumentException unusable(Exception e) {
        if (StoreProbe.isWithoutLibrary(e)) {
            return new IllegalArgumentException(StoreProbe.LIBRARY, e);
        }
        String what = "fusewire.data-folder: " + file;
        String sentence =
                switch (code(e)) {
                    case SQLITE_NOTADB -> " is no SQLite file; move it away, or name another folder";
                    case SQLITE_CORRUPT -> " is damaged; put a backup in its place, or move it away to begin anew";
                    case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM -> " cannot be written; this user must own it";
                    case SQLITE_FULL -> " cannot grow: the disk is full";
                    default -> " cannot be opened: " + e.getMessage();
                };
        return new IllegalArgumentException(what + sentence, e);
    }

    /** SQLite's own word, without its extension. */
    private static SQLiteErrorCode code(Throwable e) {
        if (e instanceof SQLiteException sqlite) {
            return SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF);
        }
        return e.getCause() == null ? SQLiteErrorCode.UNKNOWN_ERROR : code(e.getCause());
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
    public List<Kept> keep(Session session, List<NewEvent> arrivals, OwnLog log) throws SQLException {
        if (arrivals.isEmpty()) {
            return List.of();
        }
        Map<Identity, Long> ids = new HashMap<>();
        int done = 0;
        for (; done + TOGETHER <= arrivals.size(); done += TOGETHER) {
            insert(session, "events-insert", arrivals.subList(done, done + TOGETHER), ids);
        }
        for (NewEvent arrival : arrivals.subList(done, arrivals.size())) {
            insert(session, "event-insert", List.of(arrival), ids);
        }
        List<Kept> kept = new ArrayList<>(arrivals.size());
        for (NewEvent arrival : arrivals) {
            Long id = ids.remove(arrival.identity());
            kept.add(id == null ? Database.before(session, arrival) : log.kept(id, session.now()));
        }
        return kept;
    }

    private static void insert(Session session, String statement, List<NewEvent> arrivals, Map<Identity, Long> ids)
            throws SQLException {
        List<Object> values = new ArrayList<>(arrivals.size() * COLUMNS);
        for (NewEvent arrival : arrivals) {
            Collections.addAll(values, arrival.key(), arrival.source(), arrival.type(), session.now(), arrival.body());
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
        close(lock);
    }

    private static void close(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new IllegalStateException("a lock file did not close", e);
            }
        }
    }
}
