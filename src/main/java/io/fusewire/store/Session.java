package io.fusewire.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection and its prepared statements, called by file name, with their values in order: collections and maps as JSON.
 * One thread at a time.
 */
final class Session implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The statements, one file each: in {@code sql/<dialect>} those that only this database understands, in {@code sql} the
     * others. Thread-safe.
     */
    static final class Statements {
        private final String dialect;
        private final Map<String, String> statements = new ConcurrentHashMap<>();

        Statements(String dialect) {
            this.dialect = dialect;
        }

        String get(String name) {
            return statements.computeIfAbsent(name, this::load);
        }

        /** A text as every database takes it: PostgreSQL refuses NUL, which JSON allows. */
        static String text(String text) {
            return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
        }

        private String load(String name) {
            String own = "/fusewire/sql/" + dialect + "/" + name + ".sql";
            String shared = "/fusewire/sql/" + name + ".sql";
            String path = Statements.class.getResource(own) == null ? shared : own;
            try (InputStream in = Statements.class.getResourceAsStream(path)) {
                if (in == null) {
                    throw new IllegalStateException("no statement " + own + " or " + shared);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException("cannot read " + path, e);
            }
        }
    }

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
            statement.setObject(i + 1, bound(values[i]));
        }
        return statement;
    }

    private static Object bound(Object value) throws SQLException {
        if (value instanceof String text) {
            return Statements.text(text);
        }
        return value instanceof Collection || value instanceof Map ? json(value) : value;
    }

    private static String json(Object value) throws SQLException {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new SQLException("what is written is no JSON", e);
        }
    }

    /** What a column holds as JSON. */
    static <T> T json(ResultSet row, String column, TypeReference<T> type) throws SQLException {
        try {
            return JSON.readValue(row.getString(column), type);
        } catch (JsonProcessingException e) {
            throw new SQLException("the column " + column + " holds no JSON where it should", e);
        }
    }

    /** A session that is opened when it is needed, and anew after it may have broken. One thread. */
    static final class ReopenedSession implements AutoCloseable {
        private static final Logger LOG = LoggerFactory.getLogger(ReopenedSession.class);

        private final WriteStrategy.Opening opening;
        private Session session;

        ReopenedSession(WriteStrategy.Opening opening) {
            this.opening = opening;
        }

        /** Begins a transaction, which the caller commits. */
        Session begin() throws SQLException {
            if (session == null) {
                session = opening.open();
            }
            session.begin();
            return session;
        }

        void rollback() {
            try {
                if (session != null) {
                    session.rollback();
                }
            } catch (SQLException | RuntimeException e) {
                LOG.debug("A roll-back failed; the connection is opened anew", e);
                close();
            }
        }

        /** The next transaction opens it anew. */
        @Override
        public void close() {
            if (session != null) {
                try {
                    session.close();
                } catch (SQLException | RuntimeException e) {
                    LOG.debug("A connection did not close", e);
                }
                session = null;
            }
        }
    }
}
