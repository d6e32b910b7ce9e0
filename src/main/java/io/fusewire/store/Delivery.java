package io.fusewire.store;

import io.fusewire.store.Decision.IncidentTerms;
import io.fusewire.store.Deliveries.Destinations;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.IncidentState.IncidentNews;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One alert on its way to one sink, claimed by this node. All times are the store's.
 *
 * @param attempts attempts made before this one, as the store counts them
 * @param since when it was born, or last replayed: its patience counts from here
 * @param claimedAt when this node took it
 * @param leasedUntil until when it is this node's, in milliseconds since 1970
 * @param alone whether its destination gives out no other until this one is settled
 * @param reference what the sink calls its message, or remembers of it; null where there is none
 * @param news the incident that it tells of; null for a message of its own
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
        boolean alone,
        String reference,
        IncidentNews news) {
    /** How long it has waited, when it was claimed. */
    public Duration age() {
        return Duration.between(since, claimedAt);
    }

    boolean isSuperseded(Session session) throws SQLException {
        return news != null
                && !news.incident().isOpen()
                && session.first(
                                "incident-superseded",
                                row -> true,
                                sink,
                                incident,
                                news.incident().id())
                        .isPresent();
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
                alone,
                reference,
                news);
    }

    static Delivery read(ResultSet row, Session session, boolean alone) throws SQLException {
        Long incident = IncidentTerms.whole(row, "incident_id");
        IncidentNews news = incident == null ? null : IncidentNews.read(row, session, incident);
        long own = row.getLong("event_id");
        Optional<StoredEvent> latest = StoredEvent.latest(session, news);
        StoredEvent event = (latest.isPresent() ? latest : session.first("event-get", StoredEvent::read, own))
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
                alone,
                row.getString("reference"),
                news);
    }

    /**
     * What became of a delivery. Whoever lost the lease changes nothing, and leaves the destination to its new owner. May be
     * written again after it failed. Immutable.
     */
    public record Settlement(Delivery delivery, Duration pace, Store.Work<Runnable> change, String reference) {
        static final Runnable NOTHING = () -> {};

        private Settlement(Delivery delivery, Duration pace, Store.Work<Runnable> change) {
            this(delivery, pace, change, delivery.reference);
        }

        /** The same, and what the sink calls its message, or remembers of it; null where there is none any more. */
        public Settlement referring(String name) {
            return new Settlement(delivery, pace, change, name);
        }

        /** The same, and nothing was sent: it was printed. */
        public Settlement printed() {
            Store.Work<Runnable> printing = session -> {
                Runnable done = change.in(session);
                if (done != null) {
                    session.update("delivery-printed", delivery.id());
                }
                return done;
            };
            return new Settlement(delivery, pace, printing, reference);
        }

        /**
         * The sink has it.
         *
         * @param pace how long its destination rests after it, as in the others
         */
        public static Settlement delivered(Delivery delivery, Duration pace) {
            return told(delivery, null, pace);
        }

        /** The sink has been told of an incident. */
        public static Settlement told(Delivery delivery, IncidentNews.Kind kind, Duration pace) {
            return new Settlement(delivery, pace, session -> {
                int changed = kind == null
                        ? end(session, delivery, "delivered", null)
                        : delivery.news.told(session, delivery, kind);
                return changed > 0 ? Destinations.arrived(session, delivery) : null;
            });
        }

        /** It will not be tried again until somebody replays it. */
        public static Settlement dead(Delivery delivery, String reason, Duration pace) {
            return new Settlement(delivery, pace, session -> done(end(session, delivery, "dead", reason)));
        }

        /** It failed and is due again after {@code wait}; this counts as an attempt, and may make its destination rest. */
        public static Settlement later(
                Delivery delivery, String reason, Duration wait, CircuitPolicy circuit, Duration pace) {
            return new Settlement(delivery, pace, session -> {
                long due = session.now() + wait.toMillis();
                int changed = session.update("delivery-later", due, reason, delivery.id(), delivery.leasedUntil());
                return changed > 0 ? circuit.failed(session, delivery, reason) : null;
            });
        }

        /** Its whole destination waits; this counts as no attempt. */
        public static Settlement held(Delivery delivery, String reason, Duration wait, Duration pace) {
            return new Settlement(delivery, pace, session -> {
                int changed = session.update("delivery-back", reason, delivery.id(), delivery.leasedUntil());
                if (changed > 0) {
                    Destinations.hold(session, delivery, wait, reason);
                }
                return done(changed);
            });
        }

        /** @return tells of it, once it is committed */
        Runnable in(Session session) throws SQLException {
            Runnable done = change.in(session);
            if (done != null) {
                if (!Objects.equals(reference, delivery.reference)) {
                    session.update("delivery-reference", reference, delivery.id);
                }
                Destinations.free(session, delivery, pace);
            }
            return done == null ? NOTHING : done;
        }

        /** Null where another has the lease. */
        private static Runnable done(int changed) {
            return changed > 0 ? NOTHING : null;
        }

        private static int end(Session session, Delivery delivery, String state, String reason) throws SQLException {
            return session.update("delivery-end", state, reason, session.now(), delivery.id(), delivery.leasedUntil());
        }
    }
}
