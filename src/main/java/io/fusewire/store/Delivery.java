package io.fusewire.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * One alert on its way to one sink, claimed by this node until {@code leasedUntil} (milliseconds since 1970).
 *
 * @param attempts attempts made before this one, as the store counts them
 * @param since when it was born, or last replayed: its patience counts from here
 */
public record Delivery(
        long id,
        StoredEvent event,
        String sink,
        String lane,
        String rule,
        String severity,
        boolean resolve,
        String incident,
        int attempts,
        int replays,
        Instant since,
        long leasedUntil) {

    static Delivery read(ResultSet row, Session session) throws SQLException {
        StoredEvent event = session.first("event-get", found -> StoredEvent.read(found, false), row.getLong("event_id"))
                .orElseThrow(() -> new SQLException("a delivery without its event"));
        return new Delivery(
                row.getLong("id"),
                event,
                row.getString("sink"),
                row.getString("lane"),
                row.getString("rule"),
                row.getString("severity"),
                row.getBoolean("resolve"),
                row.getString("incident"),
                row.getInt("attempts"),
                row.getInt("replays"),
                Instant.ofEpochMilli(row.getLong("since")),
                row.getLong("leased_until"));
    }
}
