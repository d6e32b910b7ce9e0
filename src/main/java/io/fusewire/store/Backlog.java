package io.fusewire.store;

import io.fusewire.error.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much waits, and for how long. Counted at most once a second, and less often where counting takes long, so that
 * scrapes, probes and the limit on new events cost little. Thread-safe.
 */
public final class Backlog {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long STALE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int COUNTING_SHARE = 20;

    /**
     * Counts of one moment: pending events, deliveries waiting and dead by sink, and the open incidents.
     *
     * @param later how many of the waiting are not due yet: an incident's next message, or a further attempt
     * @param oldestEvent how long the oldest pending event has waited
     * @param oldest how long the delivery that waits longest has: since its alert, or since its incident's message fell due; zero
     *     where none has yet
     * @param incidents by rule and severity
     */
    public record Counts(
            long events,
            Map<String, Long> waiting,
            long later,
            Map<String, Long> dead,
            Duration oldestEvent,
            Duration oldest,
            Map<List<String>, Long> incidents) {
        /** Everything that waits: pending events and deliveries. */
        public long all() {
            return events + waiting.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private record Counted(Counts counts, long at, long took) {
        boolean isFresh() {
            return System.nanoTime() - at < Math.max(FRESH_NANOS, COUNTING_SHARE * took);
        }

        boolean isStale() {
            return System.nanoTime() - at > Math.max(STALE_NANOS, 2 * COUNTING_SHARE * took);
        }
    }

    private final Store store;
    private final long limit;
    private final ReentrantLock counting = new ReentrantLock();
    private final AtomicBoolean recounting = new AtomicBoolean();
    private volatile Counted last;

    /** @param limit how much may wait before new events are refused */
    public Backlog(Store store, long limit) {
        this.store = store;
        this.limit = limit;
    }

    /**
     * The counts, about a second old at most.
     *
     * @throws StoreUnavailableException when the store cannot be read
     */
    public Counts counts() {
        Counted known = last;
        if (known != null && known.isFresh()) {
            return known.counts;
        }
        if (known == null) {
            counting.lock();
        } else if (!counting.tryLock()) {
            return unlessStale(known);
        }
        try {
            return count().counts;
        } finally {
            counting.unlock();
        }
    }

    /** While another counts, its predecessor's figures do; not for ever, since the store may hang. */
    private static Counts unlessStale(Counted known) {
        if (known.isStale()) {
            throw new StoreUnavailableException("the store does not answer", null);
        }
        return known.counts;
    }

    /** Whether the limit is reached, by a count about a second old. Never waits: event loops ask. */
    public boolean isFull() {
        Counted known = last;
        if ((known == null || !known.isFresh()) && recounting.compareAndSet(false, true)) {
            CompletableFuture.runAsync(this::counts).whenComplete((done, away) -> recounting.set(false));
        }
        return known != null && known.counts.all() >= limit;
    }

    private Counted count() {
        long before = System.nanoTime();
        Counts counts = store.read(Backlog::count);
        last = new Counted(counts, System.nanoTime(), System.nanoTime() - before);
        return last;
    }

    private static Counts count(Session session) throws SQLException {
        record Queue(String sink, long count, long later, long since) {}
        long now = session.now();
        Queue pending = session.first("backlog-events", row -> new Queue("", row.getLong(1), 0, row.getLong(2)))
                .orElseThrow();
        Map<String, Long> waiting = new HashMap<>();
        long later = 0;
        long oldest = 0;
        for (Queue queue : session.query(
                "backlog-deliveries",
                row -> new Queue(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                now,
                now)) {
            waiting.put(queue.sink, queue.count);
            later += queue.later;
            oldest = Math.max(oldest, now - queue.since);
        }
        Map<String, Long> dead = new HashMap<>();
        session.query("dead-count", row -> dead.put(row.getString(1), row.getLong(2)));
        Duration oldestEvent = Duration.ofMillis(pending.count == 0 ? 0 : Math.max(0, now - pending.since));
        Map<List<String>, Long> incidents = new HashMap<>();
        session.query(
                "incident-open", row -> incidents.put(List.of(row.getString(1), row.getString(2)), row.getLong(3)));
        return new Counts(pending.count, waiting, later, dead, oldestEvent, Duration.ofMillis(oldest), incidents);
    }
}
