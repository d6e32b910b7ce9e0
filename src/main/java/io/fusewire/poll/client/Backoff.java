package io.fusewire.poll.client;

import java.time.Duration;
import java.time.Instant;

/** How long the API is left alone after something went wrong, and what that was. One thread at a time, but for {@link #trouble}. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

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

    void rest(Instant now, Duration rest, String why) {
        until = now.plus(rest);
        trouble = why;
    }

    void well() {
        failures = 0;
        trouble = null;
    }

    /** What went wrong last, in a sentence; null when nothing is. */
    String trouble() {
        return trouble;
    }
}
