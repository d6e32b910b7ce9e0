package io.fusewire.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * One alert on its way to one sink, claimed by this node. All times are the store's.
 *
 * @param attempts attempts made before this one, as the store counts them
 * @param since when it was born, or last replayed: its patience counts from here
 * @param claimedAt when this node took it
 * @param leasedUntil until when it is this node's, in milliseconds since 1970
 * @param alone whether its destination gives out no other until this one is settled
 */
public record Delivery(
        long id,
        StoredEvent event,
        String sink,
        String destination,
        String rule,
        String severity,
        boolean resolve,
        String incident,
        int attempts,
        int replays,
        Instant since,
        Instant claimedAt,
        long leasedUntil,
        boolean alone) {

    /** How long it has waited, when it was claimed. */
    public Duration age() {
        return Duration.between(since, claimedAt);
    }

    Delivery until(long renewed) {
        return new Delivery(
                id,
                event,
                sink,
                destination,
                rule,
                severity,
                resolve,
                incident,
                attempts,
                replays,
                since,
                claimedAt,
                renewed,
                alone);
    }

    static Delivery read(ResultSet row, Session session, boolean alone) throws SQLException {
        StoredEvent event = session.first("event-get", StoredEvent::read, row.getLong("event_id"))
                .orElseThrow(() -> new SQLException("a delivery without its event"));
        return new Delivery(
                row.getLong("id"),
                event,
                row.getString("sink"),
                row.getString("destination"),
                row.getString("rule"),
                row.getString("severity"),
                row.getBoolean("resolve"),
                row.getString("incident"),
                row.getInt("attempts"),
                row.getInt("replays"),
                Instant.ofEpochMilli(row.getLong("since")),
                Instant.ofEpochMilli(session.now()),
                row.getLong("leased_until"),
                alone);
    }
}
