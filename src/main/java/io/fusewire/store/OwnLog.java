package io.fusewire.store;

import io.fusewire.event.Event;
import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Kept;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The log that this node's new events go into, how far it reaches, and the newest of its events in memory, so that the rules
 * need not read them again. The store's writer moves it. Thread-safe.
 */
public final class OwnLog implements GroupCommit.Batch<NewEvent, Kept> {
    /** The end of a log after a commit of which nobody knows whether it was made. */
    static final long UNKNOWN = -1;

    private static final int MOST = 2_000;
    private static final long MOST_BYTES = 16L << 20;
    private static final Duration FIRST_LEASE = Duration.ofSeconds(10);

    /**
     * Where the rules stand in a log that this node judges.
     *
     * @param epoch tells this node's lease from others'
     * @param judged the last event that was decided, all those before it were too
     */
    public record Place(long log, long epoch, long judged) {
        /** The same log behind that event. */
        public Place at(long event) {
            return new Place(log, epoch, event);
        }
    }

    private final Database database;
    private final Recent recent = new Recent();
    private volatile Place open;
    private volatile long end;
    private volatile long left;
    private Place opening;
    private boolean inDoubt;
    private long newest;

    OwnLog(Database database) {
        this.database = database;
    }

    /** The only one of a database that one process has; else it is opened with the first event. */
    static OwnLog found(Database database, Session session) throws SQLException {
        OwnLog log = new OwnLog(database);
        log.open = session.first("log-own", row -> new Place(row.getLong(1), row.getLong(2), row.getLong(3)))
                .orElseThrow();
        log.end = session.first("log-own", row -> row.getLong(4)).orElseThrow();
        return log;
    }

    /** Where the rules stood in it when it was opened or taken last; empty while there is none. */
    public Optional<Place> place() {
        return Optional.ofNullable(open).filter(last -> last.log != left);
    }

    /** Where the rules stood when they took it. */
    public void taken(Place place) {
        open = place;
    }

    /** Another node judges it: new events go into a new one. */
    public void leave(Place lost) {
        left = lost.log;
    }

    /** The newest event in it; negative while that isn't known. */
    public long end() {
        return end;
    }

    /** Its newest events. */
    public Recent recent() {
        return recent;
    }

    /** One order for all nodes, or two that keep the same events would wait for one another. */
    @Override
    public Comparator<NewEvent> order() {
        return NewEvent.ORDER;
    }

    @Override
    public List<Kept> write(Session session, List<NewEvent> arrivals) throws SQLException {
        if (inDoubt) {
            end = UNKNOWN;
        }
        inDoubt = true;
        newest = end;
        opening = place().orElse(null);
        if (opening == null) {
            reopen(session);
        }
        return database.keep(session, arrivals, this);
    }

    /** As all that follows, within the writer's transaction: the log that events go into. */
    long id() {
        return opening.log;
    }

    /** Another node has ended the log, so that a new one is needed. */
    void reopen(Session session) throws SQLException {
        long until = session.now() + FIRST_LEASE.toMillis();
        opening = new Place(
                session.first("log-open", row -> row.getLong(1), until).orElseThrow(), 1, 0);
        newest = 0;
    }

    /** The event is in it, behind the one before. */
    Kept kept(long event, long receivedAt) {
        Kept kept = new Kept(event, true, receivedAt, opening.log, newest);
        newest = event;
        return kept;
    }

    @Override
    public void committed() {
        end = newest;
        open = open == null || open.log != opening.log ? opening : open;
        inDoubt = false;
    }

    /**
     * What this node has just stored waits here for its rules. It is small: what finds no room waits in the store alone, where
     * the rules find it, since each event says which one is before it. Thread-safe.
     */
    public static final class Recent {
        private record Held(ClaimedEvent claimed, long log, long before) {}

        private final Queue<Held> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicInteger count = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();
        private volatile boolean open;

        /** @param judged whether somebody takes from it; nothing new goes in while nobody does */
        public void open(boolean judged) {
            open = judged;
        }

        /** Whether there is room for an event of this size, in bytes. */
        boolean reserve(int size) {
            if (!open) {
                return false;
            }
            boolean fits = count.incrementAndGet() <= MOST & bytes.addAndGet(size) <= MOST_BYTES;
            if (!fits) {
                cancel(size);
            }
            return fits;
        }

        /** What was reserved is not needed. */
        void cancel(int size) {
            count.decrementAndGet();
            bytes.addAndGet(-size);
        }

        /** An event that was reserved for is stored. They come in the order of their log. */
        void put(Event event, Kept kept) {
            waiting.add(
                    new Held(new ClaimedEvent(StoredEvent.of(event, kept), event, false), kept.log(), kept.before()));
        }

        /** Takes the events that follow the place, up to the first of which one before it lies in the store alone. One thread. */
        public List<ClaimedEvent> following(Place place, int most) {
            List<ClaimedEvent> following = new ArrayList<>();
            long at = place.judged();
            for (Held next = waiting.peek(); next != null && following.size() < most; next = waiting.peek()) {
                long id = next.claimed.event().id();
                boolean passed = next.log != place.log() || id <= at;
                if (!passed && next.before != at) {
                    break;
                }
                waiting.remove();
                cancel(next.claimed.read().weight());
                if (!passed) {
                    following.add(next.claimed);
                    at = id;
                }
            }
            return following;
        }
    }
}
