package io.fusewire.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connection and its prepared statements, called by file name. One thread at a time. */
final class Session implements AutoCloseable {

    /** Reads the row that a result stands on. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Database database;
    private final Statements sql;
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private boolean open;
    private Long now;

    Session(Database database, Statements sql) throws SQLException {
        this.database = database;
        this.sql = sql;
        this.connection = database.connect();
    }

    Connection connection() {
        return connection;
    }

    /** The store's time, one for the whole transaction: milliseconds since 1970. */
    long now() throws SQLException {
        if (now == null) {
            now = database.now(this);
        }
        return now;
    }

    int update(String statement, Object... values) throws SQLException {
        return bind(statement, values).executeUpdate();
    }

    void execute(String statement) throws SQLException {
        bind(statement).execute();
    }

    <T> List<T> query(String statement, Row<T> row, Object... values) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet result = bind(statement, values).executeQuery()) {
            while (result.next()) {
                rows.add(row.read(result));
            }
        }
        return rows;
    }

    <T> Optional<T> first(String statement, Row<T> row, Object... values) throws SQLException {
        return query(statement, row, values).stream().findFirst();
    }

    /** Takes the right to write at once, where the database has only one. */
    void begin() throws SQLException {
        now = null;
        database.begin(this);
        open = true;
    }

    /** What is read from here on is of one moment. */
    void snapshot() throws SQLException {
        now = null;
        database.snapshot(this);
        open = true;
    }

    void commit() throws SQLException {
        database.commit(this);
        open = false;
    }

    /** Nothing where no transaction was begun. */
    void rollback() throws SQLException {
        if (open) {
            open = false;
            database.rollback(this);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement bind(String name, Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(name);
        if (statement == null) {
            statement = connection.prepareStatement(sql.get(name));
            prepared.put(name, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i] instanceof String text ? Statements.text(text) : values[i]);
        }
        return statement;
    }
}
