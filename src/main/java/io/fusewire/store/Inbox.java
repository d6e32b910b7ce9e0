package io.fusewire.store;

import io.fusewire.error.BacklogFullException;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.event.Event;
import io.fusewire.store.Inbox.NewEvent.Kept;
import io.fusewire.store.IncidentState.IncidentNews;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where events come in. To note an event's key <em>is</em> to store the event, behind the others of this node's log, in one commit
 * shared by all that wait: so nothing is ever removed again, and nothing needs confirming. Thread-safe.
 */
public final class Inbox {
    /** A new event on its way into the store. */
    record NewEvent(EventIdentity identity, String key, String source, String type, byte[] body) {
        static final Comparator<NewEvent> ORDER = Comparator.comparing(NewEvent::identity)
                .thenComparing(NewEvent::source)
                .thenComparing(NewEvent::key);

        /** What makes two deliveries the same event: nobody's key is another source's duplicate. */
        record SourceKey(String key, String source) {}

        /** A key that the store has. */
        record StoredKey(long id, SourceKey sourceKey, EventIdentity identity) {
            static StoredKey read(ResultSet row) throws SQLException {
                return new StoredKey(
                        row.getLong("id"),
                        new SourceKey(row.getString("key"), row.getString("source")),
                        new EventIdentity(row.getBytes("identity")));
            }
        }

        NewEvent(String key, String source, String type, byte[] body) {
            this(EventIdentity.of(key), key, source, type, body);
        }

        /**
         * What became of it. Times are the store's, in milliseconds since 1970.
         *
         * @param id the event's id, be it new or not; 0 where a copy is known and its id is not
         * @param isNew false when the store holds the source's key already
         * @param log the log that it is in; 0 where it isn't new
         * @param before the event before it there; {@link OwnLog#UNKNOWN} where that isn't known
         */
        record Kept(long id, boolean isNew, long receivedAt, long log, long before) {
            static Kept before(long id) {
                return new Kept(id, false, 0, 0, 0);
            }
        }

        SourceKey sourceKey() {
            return new SourceKey(key, source);
        }

        /** The same beside other keys' events that have its identity; empty where there are none. */
        Optional<NewEvent> beside(List<StoredKey> others) {
            return others.stream()
                    .filter(other -> other.sourceKey.source.equals(source))
                    .map(StoredKey::identity)
                    .filter(taken -> identity.compareTo(taken) <= 0 && taken.compareTo(identity.last()) <= 0)
                    .max(Comparator.naturalOrder())
                    .map(taken -> new NewEvent(taken.next(), key, source, type, body));
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

        static StoredEvent of(Event event, Kept kept) {
            Instant receivedAt = Instant.ofEpochMilli(kept.receivedAt());
            return new StoredEvent(kept.id(), event.key(), event.source(), receivedAt, event.body());
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

    private final Store store;
    private final Backlog backlog;
    private volatile boolean failing;

    public Inbox(Store store, Backlog backlog) {
        this.store = store;
        this.backlog = backlog;
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
        OwnLog.Recent recent = store.log().recent();
        boolean reserved = recent.reserve(size);
        return store.keep(new NewEvent(event.key(), event.source(), event.type(), event.body()))
                .whenComplete((kept, away) -> {
                    failing = away != null;
                    if (reserved && kept != null && kept.isNew()) {
                        recent.put(event, kept);
                    } else if (reserved) {
                        recent.cancel(size);
                    }
                })
                .thenApply(kept -> new Stored(kept.id(), kept.isNew()));
    }

    /**
     * The body of the event with this key; empty where none is stored.
     *
     * @param source where it entered; null for any
     */
    public Optional<byte[]> find(String source, String key) {
        EventIdentity identity = EventIdentity.of(key);
        return store.read(session -> session.first(
                "event-by-key",
                row -> row.getBytes("body"),
                identity.bytes(),
                identity.last().bytes(),
                key,
                source));
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
