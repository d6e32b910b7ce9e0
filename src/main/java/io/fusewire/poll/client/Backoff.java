package io.fusewire.poll.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long the API is left alone after something went wrong, and what that was. One thread at a time, but for {@link #trouble}. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** The longest Retry-After that is believed: whoever errs by more is found out after it. */
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);

    private static final Duration ASKED_OF_NO_LENGTH = Duration.ofMinutes(1);

    private final Map<Feed, String> failing = new ConcurrentHashMap<>();
    private Instant until = Instant.EPOCH;
    private int failures;
    private volatile String trouble;

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    /** Twice as long with each failure in a row, from 5 s to 5 min. */
    void longer(Instant now, String why) {
        Duration rest = FIRST.multipliedBy(1L << Math.min(failures, 10));
        failures++;
        rest(now, rest.compareTo(LONGEST) < 0 ? rest : LONGEST, why);
    }

    /** @param retryAfter what the server asked for, an hour at most; null, nothing and less than that count as a minute */
    void asked(Instant now, Duration retryAfter, String why) {
        boolean said = retryAfter != null && retryAfter.compareTo(Duration.ZERO) > 0;
        Duration rest = said ? retryAfter : ASKED_OF_NO_LENGTH;
        rest(now, rest.compareTo(LONGEST_ASKED) < 0 ? rest : LONGEST_ASKED, why);
    }

    void rest(Instant now, Duration rest, String why) {
        until = now.plus(rest);
        trouble = why;
    }

    /** That stays the trouble until the feed is well, though other feeds are. */
    void failed(Feed feed, String why) {
        failing.put(feed, why);
    }

    void well(Feed feed) {
        failing.remove(feed);
    }

    /** Whatever it was, it is another gateway's to find out. */
    void forget() {
        failing.clear();
        well();
    }

    void well() {
        failures = 0;
        trouble = null;
    }

    /** What went wrong last, in a sentence; null when nothing is. */
    String trouble() {
        String last = trouble;
        return last == null ? failing.values().stream().findFirst().orElse(null) : last;
    }
}
