package io.fusewire.store;

import io.fusewire.error.BacklogFullException;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.event.Event;
import io.fusewire.store.Inbox.NewEvent.Kept;
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
         * @param id the event's id; 0 when the store holds the source's key already
         * @param leasedUntil until when the pending event is this node's; 0 where any node may claim it
         */
        record Kept(long id, long receivedAt, long leasedUntil) {
            static final Kept BEFORE = new Kept(0, 0, 0);

            boolean isNew() {
                return id != 0;
            }
        }

        Identity identity() {
            return new Identity(key, source);
        }

        /** @param id its event's id, or null when the store holds the key already */
        Kept kept(Long id, long now) {
            return id == null ? Kept.BEFORE : new Kept(id, now, leasedUntil(now));
        }

        long leasedUntil(long now) {
            return lease.isZero() ? 0 : now + lease.toMillis();
        }
    }

    /** An event as the log holds it. */
    public record StoredEvent(long id, String key, String source, Instant receivedAt, byte[] body) {
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
     * @return after the commit, on the thread that wrote: true when the event is new, false when the store holds its source's
     *     key already and that first copy is committed. A {@link StoreUnavailableException} when nothing was promised, a {@link
     *     BacklogFullException} when too much waits already
     */
    public CompletableFuture<Boolean> keep(Event event) {
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
                .thenApply(Kept::isNew);
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
