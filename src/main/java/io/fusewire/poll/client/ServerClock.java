package io.fusewire.poll.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What time it is at the server that is polled, by the dates of its answers. A date that leaps is doubted until the next
 * ones agree with it, and one that is days off our clock is never believed. One thread at a time, but for {@link #now}
 * and {@link #trouble}.
 */
final class ServerClock {
    /** What an answer takes, and what clocks drift meanwhile, is less. */
    static final Duration NEAR = Duration.ofMinutes(5);

    private static final Duration FARTHEST = Duration.ofDays(2);
    private static final int ENOUGH = 3;

    private final InstantSource clock;
    private volatile Duration ahead = Duration.ZERO;
    private volatile Duration refused;
    private Duration doubted = Duration.ZERO;
    private int agreeing;

    ServerClock(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    }

    /** @param date the answer's {@code Date} header; without one, or with one that can't be read, what was heard before stands */
    void heard(String date) {
        read(date).map(there -> Duration.between(clock.instant(), there)).ifPresentOrElse(this::heard, this::settle);
    }

    private void heard(Duration found) {
        if (found.abs().compareTo(FARTHEST) > 0) {
            refused = found;
            agreeing = 0;
            return;
        }
        refused = null;
        agreeing = isNear(found, ahead) ? ENOUGH : agreeing > 0 && isNear(found, doubted) ? agreeing + 1 : 1;
        doubted = found;
        if (agreeing == ENOUGH) {
            settle();
        }
    }

    private static boolean isNear(Duration one, Duration other) {
        return one.minus(other).abs().compareTo(NEAR) < 0;
    }

    /** Whether the last date leapt: nothing that goes by the server's time is to be asked before more are heard. */
    boolean isInDoubt() {
        return agreeing > 0;
    }

    /** There are no more to be heard: the last one is believed. */
    void settle() {
        ahead = isInDoubt() ? doubted : ahead;
        agreeing = 0;
    }

    /** What is wrong with it, in a sentence; null when nothing is. */
    String trouble() {
        Duration off = refused;
        return off == null
                ? null
                : "Langfuse says that it is " + clock.instant().plus(off).truncatedTo(ChronoUnit.SECONDS)
                        + ", days off our clock, and isn't believed";
    }

    private static Optional<Instant> read(String date) {
        try {
            return Optional.ofNullable(date)
                    .map(text -> ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(ZonedDateTime::toInstant);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
