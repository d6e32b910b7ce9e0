package io.fusewire.poll.client;

import io.fusewire.store.PollCursor;
import io.fusewire.store.PollCursors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which windows are due: of each feed, every interval, what is new and what may have come late; and now and then what
 * lies far back. The cursor moves when a window is stored to its last page, so a crash repeats and misses nothing. One
 * thread at a time, but for {@link #watermark}.
 */
final class PollSchedule {
    /** Longer windows are drained in slices, the oldest first, so that what was done survives a crash. */
    private static final Duration SLICE = Duration.ofHours(1);

    /** What took longer is found by the sweep only. */
    private static final Duration LONGEST_SPAN = Duration.ofDays(1);

    private static final int MOST_ROWS = 1_000;

    private final PollSettings settings;
    private final FeedCursors cursors;
    private final Map<Feed, Instant> served = new EnumMap<>(Feed.class);
    private final Map<Feed, Instant> upToDate = new EnumMap<>(Feed.class);
    private final Map<Feed, Integer> limits = new EnumMap<>(Feed.class);
    private final Map<Feed, WindowScan> deferred = new EnumMap<>(Feed.class);
    private boolean tails = true;
    private WindowScan look;
    private WindowScan sweep;

    /** @param born since when there is this poll: the first look ever goes back from there, though Langfuse be away for long */
    PollSchedule(PollSettings settings, PollCursors cursors, Instant born) {
        this.settings = settings;
        this.cursors = new FeedCursors(settings, cursors, born);
    }

    /**
     * The drain to go on with: a look before a sweep.
     *
     * @param here the time by which intervals are kept
     * @param there the server's time
     */
    Optional<WindowScan> next(Instant here, Instant there) {
        cursors.opened(here, there).forEach(this::anew);
        if (look == null) {
            look = lookDue(here, there);
        }
        if (look == null && sweep == null) {
            sweep = sweepDue(there);
        }
        return Optional.ofNullable(look == null ? sweep : look);
    }

    private void anew(Feed feed) {
        upToDate.remove(feed);
        deferred.remove(feed);
        look = null;
        sweep = null;
    }

    /** The feed that has waited longest, of those that are behind or whose interval is over. */
    private WindowScan lookDue(Instant here, Instant there) {
        return settings.fetch().stream()
                .filter(feed -> deferred.containsKey(feed)
                        || !upToDate.getOrDefault(feed, Instant.EPOCH)
                                .plus(settings.interval())
                                .isAfter(here))
                .min(Comparator.comparing(feed -> served.getOrDefault(feed, Instant.EPOCH)))
                .map(feed -> deferred.containsKey(feed) ? deferred.remove(feed) : look(feed, here, there))
                .orElse(null);
    }

    /** Null where the server's time is not past what is stored. */
    private WindowScan look(Feed feed, Instant here, Instant there) {
        PollCursor cursor = cursors.of(feed);
        served.put(feed, here);
        Instant late = cursor.drainedAt().minus(settings.overlap());
        Instant from = latest(cursor.origin(), earliest(cursor.watermark(), late));
        Instant to = earliest(there, from.plus(SLICE));
        if (!from.isBefore(to)) {
            return null;
        }
        List<TimeWindow> windows = new ArrayList<>(List.of(TimeWindow.of(from, to)));
        if (to.equals(there)) {
            upToDate.put(feed, here);
            if (feed.hasSpans() && tails) {
                Instant endedSince = latest(cursor.origin(), cursor.tailedAt().minus(settings.overlap()));
                windows.add(new TimeWindow(from.minus(LONGEST_SPAN), from, endedSince));
            }
        }
        return new WindowScan(feed, false, windows, to, there, limits.getOrDefault(feed, MOST_ROWS));
    }

    private WindowScan sweepDue(Instant there) {
        for (Feed feed : settings.fetch()) {
            PollCursor cursor = cursors.of(feed);
            if (feed.isSwept() && !cursor.sweptAt().plus(settings.sweepEvery()).isAfter(there)) {
                Instant from = latest(cursor.origin(), there.minus(settings.sweepBack()));
                Instant to = there.minus(settings.overlap());
                if (from.isBefore(to)) {
                    return new WindowScan(feed, true, List.of(TimeWindow.of(from, to)), to, there, MOST_ROWS);
                }
            }
        }
        return null;
    }

    /**
     * What the drain held is stored.
     *
     * @throws io.fusewire.error.StoreUnavailableException when that can't be noted: then the same windows are asked for anew
     */
    void done(WindowScan drain) {
        drop(drain);
        Feed feed = drain.feed();
        PollCursor cursor = cursors.of(feed);
        if (drain.isSweep()) {
            cursors.move(feed, cursor.swept(drain.asOf()));
        } else {
            limits.put(feed, Math.min(2 * drain.limit(), MOST_ROWS));
            PollCursor drained = cursor.drained(drain.to(), drain.asOf());
            cursors.move(feed, drain.isUpToNow() && tails ? drained.tailed(drain.asOf()) : drained);
        }
    }

    /** The drain is not gone on with; what it left is asked for anew. */
    void drop(WindowScan drain) {
        if (drain.isSweep()) {
            sweep = null;
        } else {
            look = null;
        }
    }

    /** The server fails at the drain: it is gone on with once each other feed that is due has had its turn. */
    void defer(WindowScan drain, Instant here) {
        if (!drain.isSweep()) {
            look = null;
            served.put(drain.feed(), here);
            deferred.put(drain.feed(), drain);
        }
    }

    /** Another gateway may poll from here on. */
    void forget() {
        look = null;
        sweep = null;
        cursors.forget();
        upToDate.clear();
        deferred.clear();
    }

    /** This server can't be asked for long spans by their end. */
    void withoutTails(WindowScan drain) {
        tails = false;
        drain.withoutTail();
    }

    /** Up to when all of the feed that has come is stored, by the server's time; empty where this gateway doesn't know. */
    Optional<Instant> watermark(Feed feed) {
        return cursors.watermark(feed);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
