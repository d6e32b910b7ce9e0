package io.fusewire.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Kept;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/** What differs between the databases that can hold the store, beside the text of some statements. Thread-safe. */
interface Database extends AutoCloseable {
    /** The folder of its own statements, below {@code sql}. */
    String dialect();

    /** A connection that its user closes. */
    Connection connect() throws SQLException;

    /** The store's time in milliseconds since 1970: one clock for all who share the database. */
    long now(Session session) throws SQLException;

    /** Begins a transaction that may write. */
    default void begin(Session session) throws SQLException {
        session.execute("begin");
    }

    /** Begins a transaction that only reads, all of it as of one moment. */
    default void snapshot(Session session) throws SQLException {
        session.execute("snapshot");
    }

    default void commit(Session session) throws SQLException {
        session.execute("commit");
    }

    default void rollback(Session session) throws SQLException {
        session.execute("rollback");
    }

    /** Stores each event in the node's log, in their order; for each, in their order, what became of it. */
    List<Kept> keep(Session session, List<NewEvent> arrivals, OwnLog log) throws SQLException;

    /** A copy of what is there already. */
    static Kept before(Session session, NewEvent arrival) throws SQLException {
        return Kept.before(session.first("event-id", row -> row.getLong(1), arrival.key(), arrival.source())
                .orElse(0L));
    }

    @Override
    void close();

    /** Numbers for one statement about many rows, as the JSON that every database's statements take apart. */
    final class JsonRows {
        private JsonRows() {}

        /** {@code [1,2,3]}. */
        static String ids(Collection<Long> ids) {
            StringBuilder json = new StringBuilder("[");
            ids.forEach(id -> separated(json).append(id));
            return json.append(']').toString();
        }

        /** {@code [[1,10],[2,20]]}. */
        static <T> String of(Collection<T> rows, ToLongFunction<T> first, ToLongFunction<T> second) {
            StringBuilder json = new StringBuilder("[");
            for (T row : rows) {
                separated(json)
                        .append('[')
                        .append(first.applyAsLong(row))
                        .append(',')
                        .append(second.applyAsLong(row))
                        .append(']');
            }
            return json.append(']').toString();
        }

        private static StringBuilder separated(StringBuilder json) {
            return json.length() > 1 ? json.append(',') : json;
        }
    }

    /** Texts and numbers that one column holds as JSON. Thread-safe. */
    static final class JsonColumn {
        private static final ObjectMapper JSON = new ObjectMapper();

        private JsonColumn() {}

        static String of(Object value) {
            try {
                return JSON.writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("texts and numbers are JSON", e);
            }
        }

        static <T> T read(ResultSet row, String column, TypeReference<T> type) throws SQLException {
            try {
                return JSON.readValue(row.getString(column), type);
            } catch (JsonProcessingException e) {
                throw new SQLException("the column " + column + " holds no JSON where it should", e);
            }
        }
    }
}
