package io.fusewire.store;

import io.fusewire.store.Session.Statements;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;

/** The tables of the store, and whether a database holds them, those of an earlier version, none, or something else. */
final class Schema {
    /** The number at the top of each {@code schema.sql}. */
    static final int VERSION = 9;

    /** The oldest that is brought up to date, by a {@code schema-<number>.sql} for each version after it. */
    private static final int OLDEST = 4;

    /**
     * What a database holds.
     *
     * @param version the schema's number, 0 where there is none
     */
    record Found(int version, List<String> tables) {}

    private Schema() {}

    /**
     * What is to be run, in one transaction, until the database holds this version's tables; nothing where it does.
     *
     * @param where the property and what it names, for the sentence
     * @throws IllegalArgumentException when it holds something else
     */
    static List<String> missing(Found found, String where) {
        if (found.version >= OLDEST && found.version <= VERSION) {
            return IntStream.rangeClosed(found.version + 1, VERSION)
                    .mapToObj(version -> "schema-" + version)
                    .toList();
        }
        if (found.version > VERSION) {
            throw new IllegalArgumentException(where + " was made by a newer Fusewire (schema " + found.version
                    + ", this one knows " + VERSION + "); run that one, or name another place");
        }
        if (found.version > 0) {
            throw new IllegalArgumentException(
                    where + " was made by an older Fusewire (schema " + found.version + ", this one knows " + OLDEST
                            + " to " + VERSION + "); name another place, and let the old one empty its own first");
        }
        if (!found.tables.isEmpty()) {
            throw new IllegalArgumentException(where + " is not Fusewire's: it holds the tables "
                    + String.join(", ", found.tables.subList(0, Math.min(3, found.tables.size())))
                    + "; name a place of its own");
        }
        return List.of("schema");
    }

    static void run(List<String> scripts, Statement statement, String dialect) throws SQLException {
        for (String script : scripts) {
            for (String part : new Statements(dialect).get(script).split(";")) {
                if (!part.isBlank()) {
                    statement.executeUpdate(part);
                }
            }
        }
    }
}
