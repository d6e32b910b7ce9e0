package io.fusewire.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A look at the embedded store from outside, while the gateway runs. */
public final class StoreFile {
    private final String url;

    /** @param folder the gateway's config folder */
    public StoreFile(Path folder) {
        this(folder.resolve("data"), "fusewire.db");
    }

    public StoreFile(Path folder, String file) {
        this.url = "jdbc:sqlite:" + folder.resolve(file);
    }

    /** Each row, its columns joined by a space. */
    public List<String> rows(String query) {
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(text(rows.getObject(i)));
                }
                found.add(String.join(" ", columns));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sources under which a body is kept, byte for byte. */
    public List<String> sources(String body) {
        String blob = HexFormat.of().formatHex(body.getBytes(StandardCharsets.UTF_8));
        return rows("SELECT source FROM event WHERE body = x'" + blob + "'");
    }

    /** Locks the store until it is closed: whoever wants to use it waits. */
    public Connection lock() {
        try {
            Connection connection = DriverManager.getConnection(url + "?busy_timeout=10000");
            connection.createStatement().execute("BEGIN EXCLUSIVE");
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes the store behind the gateway's back. */
    public void change(String statement) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement changed = connection.createStatement()) {
            changed.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every column of every table, but what events say themselves. */
    public String allButBodies() {
        StringBuilder all = new StringBuilder();
        for (String table : rows("SELECT name FROM sqlite_master WHERE type = 'table'")) {
            for (String column : rows("SELECT name FROM pragma_table_info('" + table + "')")) {
                if (!(table + "." + column).equals("event.body")) {
                    rows("SELECT " + column + " FROM " + table)
                            .forEach(row -> all.append(row).append('\n'));
                }
            }
        }
        return all.toString();
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }
}
