package io.fusewire.store;

import io.fusewire.event.Plural;
import io.fusewire.store.Delivery.Settlement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When an address rests: after {@code failures} failed attempts in a row, for {@code rest}, then as long again at every
 * further failure, doubled, up to {@code longest}. One delivery at a time probes it until one arrives.
 *
 * @param failures 1 or more
 * @param once whether a delivery counts with its first failure alone, until the address rests: where it may be the
 *     delivery that is refused, and not the address, it takes several of them
 */
public record CircuitPolicy(int failures, Duration rest, Duration longest, boolean once) {
    private static final Logger LOG = LoggerFactory.getLogger(CircuitPolicy.class);

    private record State(int failures, boolean resting) {}

    public CircuitPolicy(int failures, Duration rest, Duration longest) {
        this(failures, rest, longest, false);
    }

    /**
     * Notes that an attempt at a delivery failed, and has its address rest if that is one too many.
     *
     * @return tells of it, once it is committed
     */
    Runnable failed(Session session, Delivery delivery, String reason) throws SQLException {
        if (once && delivery.attempts() > 0 && !state(session, delivery).resting) {
            return Settlement.NOTHING;
        }
        State failed = state(session, "destination-failed", delivery);
        if (failed.failures < failures) {
            return Settlement.NOTHING;
        }
        long until = session.now() + restAfter(failed.failures).toMillis();
        String why = Plural.of(failed.failures, "failure", "failures") + " in a row, the last: " + reason;
        session.update("destination-rest", until, why, delivery.sink(), delivery.destination());
        String rests = address(delivery) + " rests until " + Instant.ofEpochMilli(until) + ": " + why;
        return failed.resting ? Settlement.NOTHING : () -> LOG.warn(rests);
    }

    /** Notes that a delivery arrived after others had failed: its address rests no more. */
    static Runnable arrived(Session session, Delivery delivery) throws SQLException {
        State before = state(session, delivery);
        session.update("destination-well", delivery.sink(), delivery.destination());
        String mended = address(delivery) + " takes deliveries again, and rests no more.";
        return before.resting ? () -> LOG.info(mended) : Settlement.NOTHING;
    }

    private static String address(Delivery delivery) {
        return "Sink " + delivery.sink() + ": its address " + delivery.destination();
    }

    /** Whether a delivery was refused for as many times as would count, and its address has taken others meanwhile. */
    boolean isAlone(Session session, Delivery delivery) throws SQLException {
        return delivery.attempts() + 1 >= failures && state(session, delivery).failures == 0;
    }

    private static State state(Session session, Delivery delivery) throws SQLException {
        return state(session, "destination-state", delivery);
    }

    private static State state(Session session, String statement, Delivery delivery) throws SQLException {
        return session.first(
                        statement,
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
