package io.fusewire.store;

import io.fusewire.store.Session.Statements;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the store, and whether a database holds them, none, or something else. */
final class Schema {
    /** The number at the top of each {@code schema.sql}. */
    static final int VERSION = 4;

    /**
     * What a database holds.
     *
     * @param version the schema's number, 0 where there is none
     */
    record Found(int version, List<String> tables) {}

    private Schema() {}

    /**
     * True where the database is empty.
     *
     * @param where the property and what it names, for the sentence
     * @throws IllegalArgumentException when it holds anything but this version's tables
     */
    static boolean isMissing(Found found, String where) {
        if (found.version == VERSION) {
            return false;
        }
        if (found.version > VERSION) {
            throw new IllegalArgumentException(where + " was made by a newer Fusewire (schema " + found.version
                    + ", this one knows " + VERSION + "); run that one, or name another place");
        }
        if (found.version > 0) {
            throw new IllegalArgumentException(where + " was made by an older Fusewire (schema " + found.version
                    + ", this one needs " + VERSION + "); name another place, and let the old one empty its own first");
        }
        if (!found.tables.isEmpty()) {
            throw new IllegalArgumentException(where + " is not Fusewire's: it holds the tables "
                    + String.join(", ", found.tables.subList(0, Math.min(3, found.tables.size())))
                    + "; name a place of its own");
        }
        return true;
    }

    static void create(Statement statement, String dialect) throws SQLException {
        for (String part : new Statements(dialect).get("schema").split(";")) {
            if (!part.isBlank()) {
                statement.executeUpdate(part);
            }
        }
    }
}
