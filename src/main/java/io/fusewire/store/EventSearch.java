package io.fusewire.store;

import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.store.EventHistory.Told;
import io.fusewire.store.Inbox.StoredEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Finds stored events by what they say, the newest first. There is no index of what they say, so that storing one costs no
 * more for it: a search reads them, up to so many and for so long, and says where the next is to go on. Thread-safe.
 */
public final class EventSearch {
    /** How many events one search reads, at most. */
    static final int MOST_READ = 50_000;

    /** After how long it goes no further. */
    static final Duration LONGEST = Duration.ofSeconds(2);

    /** So many are looked at by one statement, and one body at a time is in memory. */
    private static final int PAGE = 200;

    /** Numbers rise with the time of arrival, but among gateways that commit at the same time. */
    private static final long OUT_OF_ORDER = Duration.ofMinutes(1).toMillis();

    /**
     * An event, and what became of it.
     *
     * @param event null where this version can't read what is stored
     */
    public record Found(Told told, Event event) {}

    /**
     * What one search found.
     *
     * @param next the number before which the next search goes on; null where nothing older is left
     * @param back when the oldest event came that it looked at; null where it looked at all, or that is gone
     */
    public record Page(List<Found> events, Long next, Instant back) {}

    private static final EventFilter ANY = EventFilter.ofTrace(null);

    /** An event's place. */
    private record Mark(long id, long receivedAt) {
        private Instant received() {
            return Instant.ofEpochMilli(receivedAt);
        }
    }

    private final Store store;
    private final EventReader reader;
    private final LongSupplier nanos;

    /** @param nanos runs evenly, as {@link System#nanoTime()} does */
    public EventSearch(Store store, EventReader reader, LongSupplier nanos) {
        this.store = store;
        this.reader = reader;
        this.nanos = nanos;
    }

    /**
     * The newest that fit.
     *
     * @param before only those with a smaller number
     * @param most at most so many
     */
    public Page find(EventFilter wanted, long before, int most) {
        long began = nanos.getAsLong();
        return store.read(session -> {
            List<Found> found = new ArrayList<>();
            long from = wanted.until() == null ? before : Math.min(before, after(session, wanted.until()));
            for (int read = 0; ; read += PAGE) {
                Optional<Mark> last = mark(session, from, PAGE - 1);
                for (long id : ids(session, wanted, from)) {
                    Found one = find(session, wanted, id).orElse(null);
                    if (one != null) {
                        found.add(one);
                    }
                    if (found.size() == most || isLate(began)) {
                        return new Page(found, id, received(session, id));
                    }
                }
                if (last.isEmpty() || wanted.since() != null && isBefore(last.get(), wanted.since())) {
                    return new Page(found, null, null);
                }
                from = last.get().id;
                if (read + PAGE >= MOST_READ || isLate(began)) {
                    return new Page(found, from, last.get().received());
                }
            }
        });
    }

    /** One by its number. */
    public Optional<Found> get(long number) {
        return store.read(session -> find(session, ANY, number));
    }

    private boolean isLate(long began) {
        return nanos.getAsLong() - began > LONGEST.toNanos();
    }

    private static boolean isBefore(Mark mark, Instant time) {
        return mark.receivedAt < time.toEpochMilli() - OUT_OF_ORDER;
    }

    private static List<Long> ids(Session session, EventFilter wanted, long from) throws SQLException {
        return session.query(
                "event-search",
                row -> row.getLong(1),
                from,
                PAGE,
                wanted.type(),
                wanted.source(),
                wanted.since() == null ? 0 : wanted.since().toEpochMilli(),
                wanted.until() == null ? Long.MAX_VALUE : wanted.until().toEpochMilli(),
                wanted.part());
    }

    private Optional<Found> find(Session session, EventFilter wanted, long id) throws SQLException {
        StoredEvent stored = session.first("event-get", StoredEvent::read, id).orElse(null);
        if (stored == null) {
            return Optional.empty();
        }
        Event event = read(stored);
        if (!wanted.fits(stored, event)) {
            return Optional.empty();
        }
        return Optional.of(new Found(EventHistory.told(session, stored), event));
    }

    private Event read(StoredEvent stored) {
        try {
            return reader.read(stored.body(), stored.source());
        } catch (UnreadableEventException e) {
            return null;
        }
    }

    /** The newest with a smaller number, or one that so many are newer than. */
    private static Optional<Mark> mark(Session session, long before, int offset) throws SQLException {
        return session.first("event-mark", row -> new Mark(row.getLong(1), row.getLong(2)), before, offset);
    }

    /** Null where retention removed it meanwhile. */
    private static Instant received(Session session, long id) throws SQLException {
        return mark(session, id + 1, 0).map(Mark::received).orElse(null);
    }

    /** A number that all events have reached which came later than that; found by halving, since times rise with numbers. */
    private static long after(Session session, Instant time) throws SQLException {
        long limit = time.toEpochMilli() + OUT_OF_ORDER;
        long low = 0;
        long high = mark(session, Long.MAX_VALUE, 0).map(Mark::id).orElse(0L) + 1;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            boolean fits =
                    mark(session, middle, 0).map(one -> one.receivedAt <= limit).orElse(true);
            low = fits ? middle : low;
            high = fits ? high : middle - 1;
        }
        return low;
    }
}
