package io.fusewire.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** An event as the log holds it. */
public record StoredEvent(long id, String key, String source, Instant receivedAt, byte[] body) {
    static StoredEvent read(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong("id"),
                row.getString("key"),
                row.getString("source"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                row.getBytes("body"));
    }
}
