package io.fusewire.store;

import java.sql.SQLException;
import java.time.Duration;

/**
 * When an address rests: after {@code failures} failed attempts in a row, for {@code rest}, then as long again at every
 * further failure, doubled, up to {@code longest}. One delivery at a time probes it until one arrives.
 *
 * @param failures 1 or more
 * @param once whether a delivery counts with its first failure alone, until the address rests: where it may be the
 *     delivery that is refused, and not the address, it takes several of them
 */
public record CircuitPolicy(int failures, Duration rest, Duration longest, boolean once) {
    private record State(int failures, boolean resting) {}

    public CircuitPolicy(int failures, Duration rest, Duration longest) {
        this(failures, rest, longest, false);
    }

    /** Notes that an attempt at a delivery failed, and has its address rest if that is one too many. */
    void failed(Session session, Delivery delivery, String reason) throws SQLException {
        if (once && delivery.attempts() > 0 && !state(session, delivery).resting) {
            return;
        }
        int failed = session.first("destination-failed", row -> row.getInt(1), delivery.sink(), delivery.destination())
                .orElseThrow(() -> new SQLException("a delivery without its destination"));
        if (failed >= failures) {
            session.update(
                    "destination-rest",
                    session.now() + restAfter(failed).toMillis(),
                    failed + " failures in a row, the last: " + reason,
                    delivery.sink(),
                    delivery.destination());
        }
    }

    /** Whether a delivery was refused for as many times as would count, and its address has taken others meanwhile. */
    boolean isAlone(Session session, Delivery delivery) throws SQLException {
        return delivery.attempts() + 1 >= failures && state(session, delivery).failures == 0;
    }

    private static State state(Session session, Delivery delivery) throws SQLException {
        return session.first(
                        "destination-state",
                        row -> new State(row.getInt(1), row.getBoolean(2)),
                        delivery.sink(),
                        delivery.destination())
                .orElseThrow(() -> new SQLException("a delivery without its destination"));
    }

    /** @param failed failures in a row, at least {@code failures} */
    private Duration restAfter(int failed) {
        double grown = rest.toMillis() * Math.pow(2, Math.min(failed - failures, 40));
        return Duration.ofMillis((long) Math.min(grown, longest.toMillis()));
    }
}
