package io.fusewire.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** An event as the log holds it. {@code replayed}: its rules run again because one of them failed before. */
public record StoredEvent(long id, String key, String source, Instant receivedAt, byte[] body, boolean replayed) {

    static StoredEvent read(ResultSet row, boolean replayed) throws SQLException {
        return new StoredEvent(
                row.getLong("id"),
                row.getString("key"),
                row.getString("source"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                row.getBytes("body"),
                replayed);
    }
}
