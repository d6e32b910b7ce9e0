package io.fusewire.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The addresses of the sinks. A destination is what shares one published rate limit and fails as one; it is busy
 * (paced), held (the sink asked for it, or refused us) or resting (its circuit is open). Thread-safe.
 */
public final class Destinations {
    /**
     * A destination that waits.
     *
     * @param resting whether its circuit is open; past {@code until}, one delivery probes it
     */
    public record Held(String sink, String destination, Instant until, boolean resting, String reason) {}

    /** A destination that may give out a delivery; one at a time while it rests. */
    record Open(String name, boolean resting) {}

    private final Store store;

    public Destinations(Store store) {
        this.store = store;
    }

    /** The destinations that are held or rest now. */
    public List<Held> held() {
        return store.read(session -> session.query(
                "destination-held",
                row -> new Held(
                        row.getString("sink"),
                        row.getString("name"),
                        Instant.ofEpochMilli(row.getLong("held_until")),
                        row.getBoolean("resting"),
                        row.getString("reason")),
                session.now()));
    }

    /** Those that may give something out now, the one that rested longest first. */
    static List<Open> open(Session session, String sink) throws SQLException {
        return session.query(
                "destination-open",
                row -> new Open(row.getString(1), row.getBoolean(2)),
                sink,
                session.now(),
                session.now());
    }

    /** False when another took it in between. */
    static boolean take(Session session, String sink, String destination, long until) throws SQLException {
        return session.update("destination-take", until, sink, destination, session.now(), session.now()) > 0;
    }

    static void free(Session session, Delivery delivery, Duration pace) throws SQLException {
        if (delivery.alone()) {
            session.update(
                    "destination-busy", session.now() + pace.toMillis(), delivery.sink(), delivery.destination());
        }
    }

    static void hold(Session session, Delivery delivery, Duration wait, String reason) throws SQLException {
        session.update(
                "destination-hold", session.now() + wait.toMillis(), reason, delivery.sink(), delivery.destination());
    }

    static void well(Session session, Delivery delivery) throws SQLException {
        session.update("destination-well", delivery.sink(), delivery.destination());
    }

    static void failed(Session session, Delivery delivery, CircuitPolicy circuit, String reason) throws SQLException {
        int failed = session.first("destination-failed", row -> row.getInt(1), delivery.sink(), delivery.destination())
                .orElseThrow(() -> new SQLException("a delivery without its destination"));
        if (circuit.opensAt(failed)) {
            session.update(
                    "destination-rest",
                    session.now() + circuit.restAfter(failed).toMillis(),
                    failed + " failures in a row, the last: " + reason,
                    delivery.sink(),
                    delivery.destination());
        }
    }
}
