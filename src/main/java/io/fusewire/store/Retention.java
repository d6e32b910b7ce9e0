package io.fusewire.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Removes old events that ended, in small batches, and counts what it removes so that the reconciliation still holds.
 * An event with a delivery that waits, or with a dead letter, stays. Thread-safe.
 */
public final class Retention {
    private static final int BATCH = 200;

    /** How long a silence is told after its end. */
    private static final Duration SILENCES = Duration.ofDays(90);

    private record Row(long id, long receivedAt, boolean ended) {}

    private final Store store;
    private final Duration finished;
    private final Duration deadLetters;
    private final Runnable turned;

    /**
     * @param finished how long an event is kept after it arrived and its last delivery ended
     * @param deadLetters after how long a dead letter is discarded; null for never
     * @param turned is run after each batch, since a sweep may take long
     */
    public Retention(Store store, Duration finished, Duration deadLetters, Runnable turned) {
        this.store = store;
        this.finished = finished;
        this.deadLetters = deadLetters;
        this.turned = turned;
    }

    /**
     * Removes all that is old enough, with a commit for each batch, so that the traffic passes between them.
     *
     * @return how many events were removed
     */
    public int sweep() {
        discardOld();
        forgetSilences();
        int removed = 0;
        List<Row> page = List.of();
        do {
            turned.run();
            page = page(page.isEmpty() ? 0 : page.get(page.size() - 1).id);
            removed += remove(page.stream().filter(Row::ended).map(Row::id).toList());
        } while (page.size() == BATCH);
        removeIncidents();
        return removed;
    }

    /** Those that none of the events that are left belongs to. */
    private void removeIncidents() {
        int some;
        do {
            turned.run();
            some = store.write(session -> {
                int removed = session.update("prune-incidents", session.now() - finished.toMillis(), BATCH);
                if (removed > 0) {
                    session.update("prune-other-count", "incidents", removed);
                }
                return removed;
            });
        } while (some == BATCH);
    }

    private void discardOld() {
        if (deadLetters != null) {
            int discarded;
            do {
                turned.run();
                discarded = store.write(session ->
                        session.update("dead-expire", session.now(), session.now() - deadLetters.toMillis(), BATCH));
            } while (discarded == BATCH);
        }
    }

    /** An event that one of them held is no longer there. The newest stays, so that no number comes twice. */
    private void forgetSilences() {
        Duration kept = finished.compareTo(SILENCES) > 0 ? finished : SILENCES;
        store.write(session -> {
            long before = session.now() - kept.toMillis();
            return session.update("silence-prune", before, before);
        });
    }

    /** The next events in the order of their arrival, up to the first that is too young. */
    private List<Row> page(long after) {
        return store.read(session -> {
            long before = session.now() - finished.toMillis();
            List<Row> rows = session.query(
                    "prune-page",
                    row -> new Row(row.getLong(1), row.getLong(2), row.getBoolean(3)),
                    before,
                    after,
                    BATCH);
            return rows.stream().takeWhile(row -> row.receivedAt < before).toList();
        });
    }

    private int remove(List<Long> events) {
        return events.isEmpty()
                ? 0
                : store.write(session -> {
                    int removed = 0;
                    long alerts = 0;
                    for (long event : events) {
                        alerts += session.first("prune-asked", row -> row.getLong(1), event, event)
                                .orElse(0L);
                        removed += remove(session, event);
                    }
                    session.update("prune-other-count", "events", removed);
                    session.update("log-count", 0, 0, -alerts);
                    return removed;
                });
    }

    private static int remove(Session session, long event) throws SQLException {
        session.update("prune-count", event, event, event);
        session.update("prune-deliveries", event);
        session.update("prune-alert-count", event);
        session.update("prune-alerts", event);
        return session.update("prune-event", event);
    }
}
