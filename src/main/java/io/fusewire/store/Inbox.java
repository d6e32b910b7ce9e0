package io.fusewire.store;

import io.fusewire.error.BacklogFullException;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.event.Event;
import io.fusewire.store.Inbox.NewEvent.Kept;
import io.fusewire.store.IncidentState.IncidentNews;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where events come in. To note an event's key <em>is</em> to store the event and that it is pending, in one commit
 * shared by all that wait: so nothing is ever removed again, and nothing needs confirming. Thread-safe.
 */
public final class Inbox {
    /**
     * A new event on its way into the store.
     *
     * @param lease how long it is in flight on this node, which has it in memory; zero where any node may claim it
     */
    record NewEvent(String key, String source, String type, byte[] body, Duration lease) {
        /** What makes two deliveries the same event: nobody's key is another source's duplicate. */
        record Identity(String key, String source) {}

        /**
         * What became of it. Times are the store's, in milliseconds since 1970.
         *
         * @param id the event's id, be it new or not; 0 where a copy is known and its id is not
         * @param isNew false when the store holds the source's key already
         * @param leasedUntil until when the pending event is this node's; 0 where any node may claim it
         */
        record Kept(long id, boolean isNew, long receivedAt, long leasedUntil) {
            static Kept before(long id) {
                return new Kept(id, false, 0, 0);
            }
        }

        Identity identity() {
            return new Identity(key, source);
        }

        /** It is new, and has this id. */
        Kept kept(long id, long now) {
            return new Kept(id, true, now, leasedUntil(now));
        }

        long leasedUntil(long now) {
            return lease.isZero() ? 0 : now + lease.toMillis();
        }
    }

    /**
     * What is in the store now.
     *
     * @param number the event's; 0 where it is not known
     * @param isNew false when the store held the source's key already
     */
    public record Stored(long number, boolean isNew) {}

    /** An event as the log holds it. */
    public record StoredEvent(long id, String key, String source, Instant receivedAt, byte[] body) {
        /** The one that touched an incident last, while retention keeps it; none where its sink was told nothing yet. */
        static Optional<StoredEvent> latest(Session session, IncidentNews news) throws SQLException {
            return news == null || news.isFirst()
                    ? Optional.empty()
                    : session.first(
                            "event-get", StoredEvent::read, news.incident().lastEvent());
        }

        static StoredEvent read(ResultSet row) throws SQLException {
            return new StoredEvent(
                    row.getLong("id"),
                    row.getString("key"),
                    row.getString("source"),
                    Instant.ofEpochMilli(row.getLong("received_at")),
                    row.getBytes("body"));
        }
    }

    /** Takes events that this node has just stored, so that nobody need read them again. Thread-safe. */
    public interface InFlight {
        /** How long an event of this size would be in flight here; zero where memory is full, or nobody judges it. */
        Duration reserve(int bytes);

        /** What was reserved is not needed. */
        void cancel(int bytes);

        /** An event that was reserved for: it is stored, and ours until its lease is over. */
        void put(ClaimedEvent claimed, Event event);
    }

    private final Store store;
    private final Backlog backlog;
    private final InFlight inFlight;
    private volatile boolean failing;

    public Inbox(Store store, Backlog backlog, InFlight inFlight) {
        this.store = store;
        this.backlog = backlog;
        this.inFlight = inFlight;
    }

    /**
     * Stores an event. Does not wait.
     *
     * @return after the commit, on the thread that wrote; when the event is not new, its first copy is committed. A {@link StoreUnavailableException} when nothing was promised, a {@link
     *     BacklogFullException} when too much waits already
     */
    public CompletableFuture<Stored> keep(Event event) {
        if (backlog.isFull()) {
            return CompletableFuture.failedFuture(new BacklogFullException());
        }
        int size = event.weight();
        Duration lease = inFlight.reserve(size);
        return store.keep(new NewEvent(event.key(), event.source(), event.type(), event.body(), lease))
                .whenComplete((kept, away) -> {
                    failing = away != null;
                    if (kept != null && kept.leasedUntil() > 0) {
                        inFlight.put(claimed(event, kept), event);
                    } else if (!lease.isZero()) {
                        inFlight.cancel(size);
                    }
                })
                .thenApply(kept -> new Stored(kept.id(), kept.isNew()));
    }

    private static ClaimedEvent claimed(Event event, Kept kept) {
        Instant receivedAt = Instant.ofEpochMilli(kept.receivedAt());
        return new ClaimedEvent(
                new StoredEvent(kept.id(), event.key(), event.source(), receivedAt, event.body()),
                false,
                kept.leasedUntil());
    }

    /**
     * The body of the event with this key; empty where none is stored.
     *
     * @param source where it entered; null for any
     */
    public Optional<byte[]> find(String source, String key) {
        return store.read(session -> session.first("event-by-key", row -> row.getBytes("body"), key, source));
    }

    /**
     * Says whether events can be stored: by the last one, and after one that failed by a small write of its own, so that
     * readiness comes back without traffic.
     *
     * @throws StoreUnavailableException when they can't
     */
    public void check() {
        if (failing) {
            store.write(session -> {
                session.update("node-lease-insert", "check");
                return session.update("node-lease-take", session.now(), "check", session.now());
            });
            failing = false;
        }
    }
}
