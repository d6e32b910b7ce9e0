package io.fusewire.store;

import io.fusewire.store.Delivery.Settlement;
import java.sql.SQLException;
import java.time.Duration;
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
            Optional<Next> next =
                    fresh ? first(session, sink, destination.name()) : again(session, sink, destination.name());
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

    private static Optional<Next> again(Session session, String sink, String destination) throws SQLException {
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

    /** Writes down what became of a delivery. */
    public void settle(Settlement settlement) {
        store.write(settlement::in);
    }

    /** Both in one commit. */
    public Optional<Delivery> settleAndClaim(
            Settlement settlement, String sink, boolean fresh, Duration pace, Duration lease) {
        return store.write(session -> {
            settlement.in(session);
            return claim(session, sink, fresh, pace, lease);
        });
    }
}
