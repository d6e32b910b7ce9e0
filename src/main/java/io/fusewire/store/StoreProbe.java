package io.fusewire.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import org.sqlite.NativeLibraryNotFoundException;

/** Whether a gateway could open a store, which another may be using. Nothing is changed. */
public final class StoreProbe {
    private static final String UNPACKED = "org.sqlite.tmpdir";

    /** Said where SQLite's own library is not to be had. */
    static final String LIBRARY = UNPACKED + ": SQLite's library, which is unpacked into "
            + System.getProperty(UNPACKED, System.getProperty("java.io.tmpdir"))
            + ", cannot be loaded there; name a folder whose files may be executed: java -D" + UNPACKED
            + "=FOLDER -jar fusewire.jar";

    private StoreProbe() {}

    static boolean isWithoutLibrary(Throwable e) {
        return e instanceof NativeLibraryNotFoundException || e.getCause() != null && isWithoutLibrary(e.getCause());
    }

    /**
     * The file of an embedded store.
     *
     * @throws IllegalArgumentException in one sentence, when there is none, or this user may not look
     */
    static Path existing(Path folder) {
        Path file = folder.resolve(SqliteOpener.NAME);
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return file;
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("fusewire.data-folder: there is no store in " + folder, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "fusewire.data-folder: cannot look into " + folder + " ("
                            + e.getClass().getSimpleName() + "); be the user who runs the gateway",
                    e);
        }
    }

    /**
     * An embedded store, which may not be there yet.
     *
     * @throws IllegalArgumentException in one sentence, when the folder or its file can't be used
     */
    public static void embedded(Path folder) {
        Path file = folder.resolve(SqliteOpener.NAME);
        if (Files.exists(file)) {
            try {
                Schema.missing(SqliteOpener.found(existing(folder)), "fusewire.data-folder: " + file);
            } catch (SQLException e) {
                throw SqliteOpener.unusable(file, e);
            }
        }
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new IllegalArgumentException(
                    "fusewire.data-folder: cannot write to " + folder + "; name a folder that this user may write to");
        }
    }

    /** @throws IllegalArgumentException in one sentence, when nobody answers there, or what is there can't be used */
    public static void shared(PostgresLocation where) {
        PostgresOpener.reach(where);
    }
}
