package io.fusewire.store;

import io.fusewire.store.Delivery.Settlement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The queues of the sinks. Where a pace is set, a destination has one delivery in flight and rests for the pace after
 * it. Thread-safe.
 */
public final class Deliveries {
    /** A first attempt that waited longer is part of a backlog, and gives way to younger ones. */
    static final Duration YOUNG = Duration.ofMinutes(1);

    private record Next(long id, long dueAt) {}

    private final Store store;

    public Deliveries(Store store) {
        this.store = store;
    }

    /**
     * Takes the next due delivery of a sink, if there is one: of the destination that rested longest, and never one
     * whose incident has an earlier alert waiting, or may get one from an older event that another gateway is deciding.
     *
     * @param fresh true for first attempts, the young ones first; false for redeliveries and old first attempts, by age
     * @param pace the least time between two deliveries of a destination; zero for none
     */
    public Optional<Delivery> claim(String sink, boolean fresh, Duration pace, Duration lease) {
        return store.write(session -> claim(session, sink, fresh, pace, lease));
    }

    private static Optional<Delivery> claim(Session session, String sink, boolean fresh, Duration pace, Duration lease)
            throws SQLException {
        List<Destinations.Open> open = Destinations.open(session, sink);
        if (pace.isZero()) {
            Collections.shuffle(open);
        }
        long until = session.now() + lease.toMillis();
        for (Destinations.Open destination : open) {
            Optional<Next> next = fresh ? first(session, sink, destination.name()) : again(session, sink, destination);
            boolean alone = !pace.isZero() || destination.resting();
            if (next.isPresent() && (!alone || Destinations.take(session, sink, destination.name(), until))) {
                return session.first("delivery-lease", row -> Delivery.read(row, session, alone), until, next.get().id);
            }
        }
        return Optional.empty();
    }

    private static Optional<Next> first(Session session, String sink, String destination) throws SQLException {
        long young = session.now() - YOUNG.toMillis();
        Optional<Next> next = next(session, sink, destination, true, young, session.now());
        return next.isPresent() ? next : next(session, sink, destination, true, 0, young);
    }

    /** None of an address that rests while there is a first attempt: that probes it better than what failed there. */
    private static Optional<Next> again(Session session, String sink, Destinations.Open open) throws SQLException {
        String destination = open.name();
        if (open.resting() && first(session, sink, destination).isPresent()) {
            return Optional.empty();
        }
        Optional<Next> redelivery = next(session, sink, destination, false, 0, session.now());
        Optional<Next> old = next(session, sink, destination, true, 0, session.now() - YOUNG.toMillis());
        boolean older = old.isPresent() && (redelivery.isEmpty() || old.get().dueAt < redelivery.get().dueAt);
        return older ? old : redelivery;
    }

    private static Optional<Next> next(
            Session session, String sink, String destination, boolean fresh, long after, long upTo)
            throws SQLException {
        return session.first(
                "delivery-next",
                row -> new Next(row.getLong(1), row.getLong(2)),
                sink,
                destination,
                fresh ? 1 : 0,
                after,
                upTo,
                session.now());
    }

    /** The delivery with a new lease, or nothing when another has taken it over. */
    public Optional<Delivery> renew(Delivery delivery, Duration lease) {
        return store.write(session -> {
            long until = session.now() + lease.toMillis();
            if (session.update("delivery-renew", until, delivery.id(), delivery.leasedUntil()) == 0) {
                return Optional.empty();
            }
            if (delivery.alone()) {
                session.update("destination-busy", until, delivery.sink(), delivery.destination());
            }
            return Optional.of(delivery.until(until));
        });
    }

    /** Whether the sink would take its incident's end for that of a later one, which has the same key and which it knows. */
    public boolean isSuperseded(Delivery delivery) {
        return store.read(delivery::isSuperseded);
    }

    /** Whether its address refuses this delivery alone: several times by now, and has taken others meanwhile. */
    public boolean isRefusedAlone(Delivery delivery, CircuitPolicy circuit) {
        return store.read(session -> circuit.isAlone(session, delivery));
    }

    /** Writes down what became of a delivery. */
    public void settle(Settlement settlement) {
        store.write(settlement::in).run();
    }

    /** Both in one commit. */
    public Optional<Delivery> settleAndClaim(
            Settlement settlement, String sink, boolean fresh, Duration pace, Duration lease) {
        Runnable[] told = new Runnable[1];
        Optional<Delivery> next = store.write(session -> {
            told[0] = settlement.in(session);
            return claim(session, sink, fresh, pace, lease);
        });
        told[0].run();
        return next;
    }

    /**
     * The addresses of the sinks. A destination is what shares one published rate limit and fails as one; it is busy
     * (paced), held (the sink asked for it, or refused us) or resting (its circuit is open). Thread-safe.
     */
    public static final class Destinations {
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

        static Runnable arrived(Session session, Delivery delivery) throws SQLException {
            int failures = session.first(
                            "destination-state", row -> row.getInt(1), delivery.sink(), delivery.destination())
                    .orElseThrow();
            return failures > 0 ? CircuitPolicy.arrived(session, delivery) : Settlement.NOTHING;
        }

        static void hold(Session session, Delivery delivery, Duration wait, String reason) throws SQLException {
            session.update(
                    "destination-hold",
                    session.now() + wait.toMillis(),
                    reason,
                    delivery.sink(),
                    delivery.destination());
        }
    }
}
