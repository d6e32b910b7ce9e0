package io.fusewire.poll.client;

import io.fusewire.store.PollCursor;
import io.fusewire.store.PollCursors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far each feed of one poll is stored, as the store has it. One thread at a time, but for {@link #watermark}. */
final class FeedCursors {
    private static final Logger LOG = LoggerFactory.getLogger(FeedCursors.class);

    private final PollSettings settings;
    private final PollCursors cursors;
    private final Instant born;
    private final Map<Feed, PollCursor> known = new ConcurrentHashMap<>();

    /** @param born since when there is this poll: the first look ever goes back from there, though Langfuse be away for long */
    FeedCursors(PollSettings settings, PollCursors cursors, Instant born) {
        this.settings = settings;
        this.cursors = cursors;
        this.born = born;
    }

    /**
     * Reads them where they aren't known.
     *
     * @param here the time by which intervals are kept
     * @param there the server's time
     * @return the feeds of which what was stored is doubted: they are to be asked for anew
     */
    List<Feed> opened(Instant here, Instant there) {
        if (known.isEmpty()) {
            Instant origin = there.minus(Duration.between(born, here)).minus(settings.lookback());
            settings.fetch().forEach(feed -> known.put(feed, cursors.open(settings.name(), feed.word(), origin)));
        }
        return known.keySet().stream().filter(feed -> isReset(feed, there)).toList();
    }

    /** What lies in the server's future was noted by a wrong date: since when is not known, so it goes back by a sweep. */
    private boolean isReset(Feed feed, Instant there) {
        PollCursor cursor = of(feed);
        PollCursor sound = cursor.doubted(there.plus(ServerClock.NEAR), there.minus(settings.sweepBack()));
        if (sound.equals(cursor)) {
            return false;
        }
        LOG.warn(
                "Poll {}: {} are said to be stored up to {}, and it is {}; what came since {} is asked for again",
                settings.name(),
                feed.word(),
                cursor.watermark(),
                there,
                sound.watermark());
        cursors.reset(settings.name(), feed.word(), sound);
        known.put(feed, sound);
        return true;
    }

    PollCursor of(Feed feed) {
        return known.get(feed);
    }

    /** @throws io.fusewire.error.StoreUnavailableException when that can't be noted */
    void move(Feed feed, PollCursor to) {
        cursors.move(settings.name(), feed.word(), to);
        known.put(feed, to);
    }

    /** Another gateway may move them from here on. */
    void forget() {
        known.clear();
    }

    /** Up to when all of the feed that has come is stored, by the server's time; empty where this gateway doesn't know. */
    Optional<Instant> watermark(Feed feed) {
        return Optional.ofNullable(known.get(feed)).map(PollCursor::watermark);
    }
}
