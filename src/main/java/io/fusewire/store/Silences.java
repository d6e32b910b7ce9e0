package io.fusewire.store;

import io.fusewire.error.InvalidRequestException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator does with silences. Each is a map with the names of the admin API. Thread-safe. */
public final class Silences {
    /** Of one silence. */
    public static final int MOST_MATCHERS = 20;

    static final int MOST_OPEN = 100;
    static final int LONGEST_NAME = 100;
    static final int LONGEST_COMMENT = 500;
    static final Duration LONGEST = Duration.ofDays(90);

    private static final Logger LOG = LoggerFactory.getLogger(Silences.class);
    private static final int MOST_LISTED = 1_000;
    private static final List<String> STATES = List.of(Silence.ACTIVE, Silence.PENDING, Silence.EXPIRED);

    /**
     * A silence that is asked for.
     *
     * @param from when it begins; null for now
     * @param until when it ends; null where {@code lasting} says so
     * @param lasting how long it lasts; null where {@code until} says when it ends
     * @param by who asks
     */
    public record Wanted(
            List<SilenceMatcher> matchers, Instant from, Instant until, Duration lasting, String by, String why) {
        private long begin(long now) {
            return from == null ? now : from.toEpochMilli();
        }

        private long end(long now) {
            return until == null ? begin(now) + lasting.toMillis() : until.toEpochMilli();
        }

        /** Whether the silence, which is open, is what a request like this has made before. */
        private boolean made(Silence open, long now) {
            return new HashSet<>(open.matchers()).equals(new HashSet<>(matchers))
                    && open.madeBy().equals(by)
                    && open.comment().equals(why)
                    && (from == null ? open.startsAt() <= now : open.startsAt() == begin(now))
                    && (until == null
                            ? open.endsAt() - open.startsAt() == lasting.toMillis()
                            : open.endsAt() == end(now));
        }
    }

    private record Made(Silence silence, boolean anew, long now) {}

    private final Store store;
    private final ActiveSilences active;

    /** @param active hears of each that is made or ended here */
    public Silences(Store store, ActiveSilences active) {
        this.store = store;
        this.active = active;
    }

    /**
     * Makes a silence, or finds the open one that the same request made before.
     *
     * @return it, with the names of the admin API
     * @throws InvalidRequestException in a sentence, when it would hold everything or nothing, or is too large
     */
    public Map<String, Object> make(Wanted wanted) {
        check(wanted, store.read(Session::now));
        Made made = store.write(session -> {
            // Two gateways make one after the other: this row is locked until the commit, and the time is read behind
            // it.
            session.update("node-lease-insert", "silence");
            session.update("node-lease-take", 0, "silence", Long.MAX_VALUE);
            long now = session.now();
            List<Silence> open = session.query("silence-open", Silence::read, now);
            Optional<Silence> same =
                    open.stream().filter(one -> wanted.made(one, now)).findFirst();
            if (same.isPresent() || open.size() >= MOST_OPEN) {
                return new Made(same.orElse(null), false, now);
            }
            return new Made(insert(session, wanted, now), true, now);
        });
        if (made.silence == null) {
            throw new InvalidRequestException(MOST_OPEN + " silences are open, and that is the most; end one first.");
        }
        active.changed();
        if (made.anew) {
            LOG.info(
                    "Silence {} of {} holds {} until {}: {}",
                    made.silence.id(),
                    wanted.by,
                    wanted.matchers,
                    Instant.ofEpochMilli(made.silence.endsAt()),
                    wanted.why);
        }
        return made.silence.told(made.now);
    }

    static String who(String by) {
        return by == null ? "somebody who did not say who" : by;
    }

    private static void check(Wanted wanted, long now) {
        if (wanted.matchers.isEmpty() || wanted.matchers.size() > MOST_MATCHERS) {
            throw new InvalidRequestException(
                    "A silence has 1 to " + MOST_MATCHERS + " matchers; without one it would hold everything.");
        }
        if (wanted.matchers.stream().noneMatch(SilenceMatcher::narrows)) {
            throw new InvalidRequestException("A silence of these matchers would hold everything, or all but a little;"
                    + " add one with = or =~ that says what it holds.");
        }
        InvalidRequestException.unlessText("by, which says who makes the silence,", wanted.by, LONGEST_NAME);
        InvalidRequestException.unlessText("why", wanted.why, LONGEST_COMMENT);
        if ((wanted.until == null) == (wanted.lasting == null)) {
            throw new InvalidRequestException("A silence has either until or for.");
        }
        long begin = wanted.begin(now);
        long end = wanted.end(now);
        if (end <= now) {
            throw new InvalidRequestException(
                    "The silence would be over already; it ends later than now, " + Instant.ofEpochMilli(now) + ".");
        }
        if (end <= begin) {
            throw new InvalidRequestException("The silence would end before it begins; until is later than from.");
        }
        long longest = LONGEST.toMillis();
        if (end > now + longest || begin < now - longest || end - begin > longest) {
            throw new InvalidRequestException("A silence lasts " + LONGEST.toDays() + " days at most, and ends within "
                    + LONGEST.toDays() + " days; make it anew then.");
        }
    }

    private static Silence insert(Session session, Wanted wanted, long now) throws SQLException {
        return session.first(
                        "silence-insert",
                        Silence::read,
                        SilenceMatcher.json(wanted.matchers),
                        wanted.begin(now),
                        wanted.end(now),
                        now,
                        wanted.by,
                        wanted.why)
                .orElseThrow();
    }

    /**
     * A page, oldest first, each with the names of the admin API.
     *
     * @param states only those that are {@code active}, {@code pending} or {@code expired}, comma-separated; null for all
     * @param after only those with a larger number, or null
     * @param limit at most so many, up to 1,000; null for 100
     */
    public List<Map<String, Object>> list(String states, Long after, Integer limit) {
        String wanted = states == null ? String.join(",", STATES) : states;
        Stream.of(wanted.split(",", -1))
                .filter(state -> !STATES.contains(state))
                .findFirst()
                .ifPresent(state -> {
                    throw new InvalidRequestException("A silence is " + String.join(", ", STATES) + ".");
                });
        long from = after == null ? 0 : after;
        int most = limit == null ? 100 : Math.max(1, Math.min(limit, MOST_LISTED));
        return store.read(session -> {
            long now = session.now();
            return session.query("silence-list", row -> Silence.read(row).told(now), now, now, from, wanted, most);
        });
    }

    /**
     * Ends one now. One that has ended already stays as it is.
     *
     * @param by who ends it, or null
     * @return false when there is no such silence
     * @throws InvalidRequestException when {@code by} is too long
     */
    public boolean end(long id, String by) {
        if (by != null) {
            InvalidRequestException.unlessText("by", by, LONGEST_NAME);
        }
        int ended = store.write(session -> session.update("silence-end", session.now(), by, id, session.now()));
        active.changed();
        if (ended > 0) {
            LOG.info("Silence {} was ended by {}", id, who(by));
        }
        return ended > 0
                || store.read(
                        session -> session.first("silence-get", row -> true, id).isPresent());
    }
}
