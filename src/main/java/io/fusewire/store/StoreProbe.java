package io.fusewire.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;

/** Whether a gateway could open a store, which another may be using. Nothing is changed. */
public final class StoreProbe {
    private StoreProbe() {}

    /**
     * An embedded store, which may not be there yet.
     *
     * @throws IllegalArgumentException in one sentence, when the folder or its file can't be used
     */
    public static void embedded(Path folder) {
        if (Files.exists(folder.resolve(SqliteDatabase.NAME))) {
            SqliteDatabase file = SqliteDatabase.look(folder, InstantSource.system());
            try {
                Schema.missing(file.found(), "fusewire.data-folder: " + folder.resolve(SqliteDatabase.NAME));
            } catch (SQLException e) {
                throw file.unusable(e);
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
