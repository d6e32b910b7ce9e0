package io.fusewire.poll.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What time it is at the server that is polled, by the dates of its answers. Thread-safe. */
final class ServerClock {
    private final InstantSource clock;
    private volatile Duration ahead = Duration.ZERO;

    ServerClock(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    }

    /** @param date the answer's {@code Date} header; without one, or with one that can't be read, what was heard before stands */
    void heard(String date) {
        read(date).ifPresent(there -> ahead = Duration.between(clock.instant(), there));
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
