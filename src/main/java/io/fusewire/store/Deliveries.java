package io.fusewire.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The queues of the sinks. Where a pace is set, a destination has one delivery in flight and rests for the pace after
 * it. Thread-safe.
 */
public final class Deliveries {
    /** A first attempt that waited longer is part of a backlog, and gives way to younger ones. */
    static final Duration YOUNG = Duration.ofMinutes(1);

    private record Next(long id, long dueAt) {}

    /** Writes: each step in a commit of its own, or all in one. */
    private interface Writing {
        <T> T write(Store.Work<T> step);
    }

    /** Steps within a transaction that is begun. */
    private record Together(Session session) implements Writing {

        static <T> T in(Session session, Function<Deliveries, T> steps) throws SQLException {
            try {
                return steps.apply(new Deliveries(new Together(session)));
            } catch (StepFailed e) {
                throw e.why;
            }
        }

        @Override
        public <T> T write(Store.Work<T> step) {
            try {
                return step.in(session);
            } catch (SQLException e) {
                throw new StepFailed(e);
            }
        }
    }

    private static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final SQLException why;

        StepFailed(SQLException why) {
            super(why);
            this.why = why;
        }
    }

    private final Writing store;

    public Deliveries(Store store) {
        this((Writing) store::write);
    }

    private Deliveries(Writing store) {
        this.store = store;
    }

    /**
     * Takes several of the steps below in one commit.
     *
     * @param steps may run again after they failed, so they must have no effect beside the store
     */
    public <T> T together(Function<Deliveries, T> steps) {
        return store.write(session -> Together.in(session, steps));
    }

    /**
     * Takes the next due delivery of a sink, if there is one: of the destination that rested longest, and never one
     * whose incident has an earlier alert waiting, or may get one from an older event that another gateway is deciding.
     *
     * @param fresh true for first attempts, the young ones first; false for redeliveries and old first attempts, by age
     * @param pace the least time between two deliveries of a destination; zero for none
     */
    public Optional<Delivery> claim(String sink, boolean fresh, Duration pace, Duration lease) {
        return store.write(session -> {
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
                    return session.first(
                            "delivery-lease", row -> Delivery.read(row, session, alone), until, next.get().id);
                }
            }
            return Optional.empty();
        });
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

    /** The sink has it. */
    public void delivered(Delivery delivery, Duration pace) {
        settle(delivery, pace, session -> {
            int changed = end(session, delivery, "delivered", null);
            if (changed > 0) {
                Destinations.well(session, delivery);
            }
            return changed;
        });
    }

    /** It will not be tried again until somebody replays it. */
    public void dead(Delivery delivery, String reason, Duration pace) {
        settle(delivery, pace, session -> end(session, delivery, "dead", reason));
    }

    /** It failed and is due again after {@code wait}; this counts as an attempt, and may make its destination rest. */
    public void later(Delivery delivery, String reason, Duration wait, CircuitPolicy circuit, Duration pace) {
        settle(delivery, pace, session -> {
            long due = session.now() + wait.toMillis();
            int changed = session.update("delivery-later", due, reason, delivery.id(), delivery.leasedUntil());
            if (changed > 0) {
                Destinations.failed(session, delivery, circuit, reason);
            }
            return changed;
        });
    }

    /** Its whole destination waits; this counts as no attempt. */
    public void hold(Delivery delivery, String reason, Duration wait, Duration pace) {
        settle(delivery, pace, session -> {
            int changed = session.update("delivery-back", reason, delivery.id(), delivery.leasedUntil());
            if (changed > 0) {
                Destinations.hold(session, delivery, wait, reason);
            }
            return changed;
        });
    }

    private static int end(Session session, Delivery delivery, String state, String reason) throws SQLException {
        return session.update("delivery-end", state, reason, session.now(), delivery.id(), delivery.leasedUntil());
    }

    /** Whoever lost the lease changes nothing, and leaves the destination to its new owner. */
    private void settle(Delivery delivery, Duration pace, Store.Work<Integer> work) {
        store.write(session -> {
            int changed = work.in(session);
            if (changed > 0) {
                Destinations.free(session, delivery, pace);
            }
            return changed;
        });
    }
}
