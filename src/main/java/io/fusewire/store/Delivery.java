package io.fusewire.store;

import io.fusewire.store.Inbox.StoredEvent;
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

    /**
     * What became of a delivery. Whoever lost the lease changes nothing, and leaves the destination to its new owner. May be
     * written again after it failed. Immutable.
     */
    public static final class Settlement {
        private final Delivery delivery;
        private final Duration pace;
        private final Store.Work<Integer> change;

        private Settlement(Delivery delivery, Duration pace, Store.Work<Integer> change) {
            this.delivery = delivery;
            this.pace = pace;
            this.change = change;
        }

        /**
         * The sink has it.
         *
         * @param pace how long its destination rests after it, as in the others
         */
        public static Settlement delivered(Delivery delivery, Duration pace) {
            return new Settlement(delivery, pace, session -> {
                int changed = end(session, delivery, "delivered", null);
                if (changed > 0) {
                    Destinations.well(session, delivery);
                }
                return changed;
            });
        }

        /** It will not be tried again until somebody replays it. */
        public static Settlement dead(Delivery delivery, String reason, Duration pace) {
            return new Settlement(delivery, pace, session -> end(session, delivery, "dead", reason));
        }

        /** It failed and is due again after {@code wait}; this counts as an attempt, and may make its destination rest. */
        public static Settlement later(
                Delivery delivery, String reason, Duration wait, CircuitPolicy circuit, Duration pace) {
            return new Settlement(delivery, pace, session -> {
                long due = session.now() + wait.toMillis();
                int changed = session.update("delivery-later", due, reason, delivery.id(), delivery.leasedUntil());
                if (changed > 0) {
                    Destinations.failed(session, delivery, circuit, reason);
                }
                return changed;
            });
        }

        /** Its whole destination waits; this counts as no attempt. */
        public static Settlement held(Delivery delivery, String reason, Duration wait, Duration pace) {
            return new Settlement(delivery, pace, session -> {
                int changed = session.update("delivery-back", reason, delivery.id(), delivery.leasedUntil());
                if (changed > 0) {
                    Destinations.hold(session, delivery, wait, reason);
                }
                return changed;
            });
        }

        Integer in(Session session) throws SQLException {
            int changed = change.in(session);
            if (changed > 0) {
                Destinations.free(session, delivery, pace);
            }
            return changed;
        }

        private static int end(Session session, Delivery delivery, String state, String reason) throws SQLException {
            return session.update("delivery-end", state, reason, session.now(), delivery.id(), delivery.leasedUntil());
        }
    }
}
