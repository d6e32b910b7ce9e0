package io.fusewire.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How much waits, and for how long. Counted at most once a second, so that scrapes and probes cost little. Thread-safe.
 */
public final class Backlog {
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Counts of one moment: events at the desk, deliveries waiting and dead by sink, the oldest one's age. */
    public record Counts(
            long events, Map<String, Long> waiting, Map<String, Long> dead, Duration oldestEvent, Duration oldest) {}

    private final Store store;
    private Counts counts;
    private long countedAt;

    public Backlog(Store store) {
        this.store = store;
    }

    /**
     * The counts, at most a second old.
     *
     * @throws StoreUnavailable when the store cannot be read
     */
    public synchronized Counts counts() {
        if (counts == null || Math.abs(store.now() - countedAt) >= FRESH.toMillis()) {
            counts = store.read(this::count);
            countedAt = store.now();
        }
        return counts;
    }

    private Counts count(Session session) throws java.sql.SQLException {
        long now = store.now();
        record Waiting(String sink, long count, long since) {}
        Waiting desk = session.first("backlog-events", row -> new Waiting("", row.getLong(1), row.getLong(2)))
                .orElseThrow();
        Map<String, Long> waiting = new HashMap<>();
        long oldest = 0;
        for (Waiting queue : session.query(
                "backlog-deliveries", row -> new Waiting(row.getString(1), row.getLong(2), row.getLong(3)))) {
            waiting.put(queue.sink, queue.count);
            oldest = Math.max(oldest, now - queue.since);
        }
        Map<String, Long> dead = new HashMap<>();
        session.query("dead-count", row -> dead.put(row.getString(1), row.getLong(2)));
        Duration oldestEvent = Duration.ofMillis(desk.count == 0 ? 0 : Math.max(0, now - desk.since));
        return new Counts(desk.count, waiting, dead, oldestEvent, Duration.ofMillis(oldest));
    }
}
