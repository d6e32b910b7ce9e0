package io.fusewire.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The queues of the sinks. A lane is what shares one published rate limit; where a pace is set, a lane has one delivery
 * in flight and rests for the pace after it. Thread-safe.
 */
public final class Deliveries {

    /** A lane that waits because the sink asked for it, or refused us. */
    public record Held(String sink, String lane, Instant until, String reason) {}

    private final Store store;

    public Deliveries(Store store) {
        this.store = store;
    }

    /**
     * Takes the next due delivery of a sink, if there is one: of the lane that rested longest, and never one whose
     * incident has an earlier alert waiting.
     *
     * @param fresh true for first attempts, false for redeliveries
     * @param pace the least time between two deliveries of a lane; zero for none
     */
    public Optional<Delivery> claim(String sink, boolean fresh, Duration pace, Duration lease) {
        return store.write(session -> {
            long now = store.now();
            for (String lane : session.query("lane-open", row -> row.getString(1), sink, now, now)) {
                Optional<Long> next =
                        session.first("delivery-next", row -> row.getLong(1), sink, lane, fresh ? 1 : 0, now, now);
                if (next.isPresent()) {
                    long until = now + lease.toMillis();
                    session.update("lane-busy", pace.isZero() ? now : until, sink, lane);
                    return session.first("delivery-lease", row -> Delivery.read(row, session), until, next.get());
                }
            }
            return Optional.empty();
        });
    }

    /** The sink has it. */
    public void delivered(Delivery delivery, Duration pace) {
        end(delivery, "delivered", null, pace);
    }

    /** It will not be tried again until somebody replays it. */
    public void dead(Delivery delivery, String reason, Duration pace) {
        end(delivery, "dead", reason, pace);
    }

    /** It failed and is due again at {@code due}; this counts as an attempt. */
    public void later(Delivery delivery, String reason, Instant due, Duration pace) {
        settle(
                delivery,
                pace,
                session -> session.update(
                        "delivery-later", due.toEpochMilli(), reason, delivery.id(), delivery.leasedUntil()));
    }

    /** Its whole lane waits until {@code until}; this counts as no attempt. */
    public void hold(Delivery delivery, String reason, Instant until, Duration pace) {
        settle(delivery, pace, session -> {
            int changed = session.update("delivery-back", reason, delivery.id(), delivery.leasedUntil());
            if (changed > 0) {
                session.update("lane-hold", until.toEpochMilli(), reason, delivery.sink(), delivery.lane());
            }
            return changed;
        });
    }

    /** The lanes that are held now. */
    public List<Held> held() {
        return store.read(session -> session.query(
                "lane-held",
                row -> new Held(
                        row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)), row.getString(4)),
                store.now()));
    }

    private void end(Delivery delivery, String state, String reason, Duration pace) {
        settle(
                delivery,
                pace,
                session -> session.update(
                        "delivery-end", state, reason, store.now(), delivery.id(), delivery.leasedUntil()));
    }

    /** Whoever lost the lease changes nothing, and leaves the lane to its new owner. */
    private void settle(Delivery delivery, Duration pace, GroupCommit.Write<Integer> write) {
        store.write(session -> {
            int changed = write.in(session);
            if (changed > 0) {
                session.update("lane-busy", store.now() + pace.toMillis(), delivery.sink(), delivery.lane());
            }
            return changed;
        });
    }
}
