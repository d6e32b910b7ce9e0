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

    private final Connection connection;
    private final Sql sql;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private boolean writing;

    Session(Connection connection, Sql sql) {
        this.connection = connection;
        this.sql = sql;
    }

    int update(String statement, Object... values) throws SQLException {
        return bind(statement, values).executeUpdate();
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
        bind("begin").execute();
        writing = true;
    }

    void commit() throws SQLException {
        bind("commit").execute();
        writing = false;
    }

    /** Nothing where no transaction was begun. */
    void rollback() throws SQLException {
        if (writing) {
            writing = false;
            bind("rollback").execute();
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
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
