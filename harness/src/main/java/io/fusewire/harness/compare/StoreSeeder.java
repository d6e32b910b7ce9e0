package io.fusewire.harness.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills a store as years of use would: its events, their decisions and their ended deliveries are copied, each copy
 * dated before the last. By SQL, because posting them would take hours.
 */
final class StoreSeeder {
    private static final String OF_A_COPY = ":shift";
    private static final String IDENTITY = "identity";

    /** Another time stamp's, before the rest of it. */
    private static final String SQLITE = "CAST(':copy' || substr(identity, 8) AS BLOB)";

    private static final String POSTGRESQL = "convert_to(':copy', 'UTF8') || substring(identity FROM 8)";

    private final List<String> statements;

    /** @param script statements that end with a semicolon; those with a {@code :shift} run once for each copy;
     *     {@code :columns} are those of a delivery without its keys, {@code :event} those of an event that a copy shares, and
     *     {@code :copied} what it has in them */
    StoreSeeder(Path script) throws IOException {
        this.statements = List.of(Files.readString(script).strip().split(";\\s*"));
    }

    /** Fills the store that nobody is using now up to so many events. */
    void fill(String url, String user, long events) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement()) {
            long span;
            try (ResultSet row = statement.executeQuery("SELECT max(id) FROM event")) {
                row.next();
                span = row.getLong(1);
            }
            for (String sql : statements.stream()
                    .takeWhile(sql -> !sql.contains(OF_A_COPY))
                    .toList()) {
                statement.execute(sql);
            }
            String columns = String.join(", ", columns(connection, "delivery", List.of("id", "event_id")));
            List<String> event = columns(connection, "event", List.of("id", "key", "received_at"));
            String copied = String.join(", ", event).replace(IDENTITY, url.contains("sqlite") ? SQLITE : POSTGRESQL);
            for (long copy = 1; copy * span < events; copy++) {
                for (String sql : statements.stream()
                        .filter(sql -> sql.contains(OF_A_COPY))
                        .toList()) {
                    statement.execute(sql.replace(OF_A_COPY, String.valueOf(copy * span))
                            .replace(":span", String.valueOf(span))
                            .replace(":event", String.join(", ", event))
                            .replace(":copied", copied)
                            .replace(":copy", "%07d".formatted(copy))
                            .replace(":columns", columns));
                }
            }
            for (String sql : statements.stream()
                    .dropWhile(sql -> !sql.contains(OF_A_COPY))
                    .filter(sql -> !sql.contains(OF_A_COPY))
                    .toList()) {
                statement.execute(sql);
            }
        }
    }

    /** What a table has beside these: a jar of another commit may name it otherwise. */
    private static List<String> columns(Connection connection, String table, List<String> without) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                columns.add(none.getMetaData().getColumnName(i));
            }
            columns.removeAll(without);
            return columns;
        }
    }
}
