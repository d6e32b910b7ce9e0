package io.fusewire.poll.client;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A closed span of the rows' own times: from {@code from} on and before {@code to}.
 *
 * @param endedSince where not null, only spans that ended at or after it: long ones, which come late
 */
record TimeWindow(Instant from, Instant to, Instant endedSince) {

    static TimeWindow of(Instant from, Instant to) {
        return new TimeWindow(from, to, null);
    }

    boolean isTail() {
        return endedSince != null;
    }

    Duration length() {
        return Duration.between(from, to);
    }

    /** The younger half first, as the rows of a page are. */
    List<TimeWindow> halves() {
        Instant middle = from.plus(length().dividedBy(2)).truncatedTo(ChronoUnit.MILLIS);
        return List.of(new TimeWindow(middle, to, endedSince), new TimeWindow(from, middle, endedSince));
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
