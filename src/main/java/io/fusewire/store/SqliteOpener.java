package io.fusewire.store;

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
import java.util.List;
import org.sqlite.Function;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens a SQLite file: locks it, makes the tables where there are none, says in a sentence what is wrong. */
final class SqliteOpener {
    static final String NAME = "fusewire.db";

    private SqliteOpener() {}

    /**
     * Opens the store in a folder, or makes it.
     *
     * @throws IllegalArgumentException in one sentence, when the folder or the file can't be used; nothing is changed then
     */
    static SqliteDatabase open(Path folder, InstantSource clock) {
        Path file = folder.resolve(NAME);
        SqliteDatabase opened = new SqliteDatabase(file, clock, lock(folder));
        try {
            prepare(opened, file);
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw unusable(file, e);
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

    private static void prepare(SqliteDatabase opened, Path file) throws SQLException {
        List<String> scripts = Schema.missing(found(file), "fusewire.data-folder: " + file);
        if (!scripts.isEmpty()) {
            try (Connection connection = opened.connect();
                    Statement statement = connection.createStatement()) {
                Function.create(connection, "event_identity", new Function() {
                    @Override
                    protected void xFunc() throws SQLException {
                        result(EventIdentity.of(value_text(0)).bytes());
                    }
                });
                connection.setAutoCommit(false);
                Schema.run(scripts, statement, opened.dialect());
                statement.executeUpdate("PRAGMA user_version = " + Schema.VERSION);
                connection.commit();
            }
        }
    }

    /** By a connection without our settings, which would change a file that isn't ours. */
    static Schema.Found found(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
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
    static IllegalArgumentException unusable(Path file, Exception e) {
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

    static void close(FileChannel lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new IllegalStateException("a lock file did not close", e);
            }
        }
    }
}
