package io.fusewire.store;

import java.time.Instant;
import java.util.stream.Stream;

/**
 * How far a poll has come with a feed. All times are those of the server that is polled.
 *
 * @param origin what is older is not wanted
 * @param watermark what is older, and had come by {@code drainedAt}, is stored
 * @param drainedAt when the watermark was true
 * @param tailedAt until when long spans that ended are stored
 * @param sweptAt when the last deep sweep began that came to its end
 */
public record PollCursor(Instant origin, Instant watermark, Instant drainedAt, Instant tailedAt, Instant sweptAt) {
    public PollCursor drained(Instant to, Instant asOf) {
        return new PollCursor(origin, to, asOf, tailedAt, sweptAt);
    }

    public PollCursor tailed(Instant asOf) {
        return new PollCursor(origin, watermark, drainedAt, asOf, sweptAt);
    }

    public PollCursor swept(Instant asOf) {
        return new PollCursor(origin, watermark, drainedAt, tailedAt, asOf);
    }

    /** The same where no time of it lies after {@code latest}; else each is {@code back} at the latest. */
    public PollCursor doubted(Instant latest, Instant back) {
        boolean sound =
                Stream.of(origin, watermark, drainedAt, tailedAt, sweptAt).noneMatch(latest::isBefore);
        return sound
                ? this
                : new PollCursor(
                        earliest(origin, back),
                        earliest(watermark, back),
                        earliest(drainedAt, back),
                        earliest(tailedAt, back),
                        earliest(sweptAt, back));
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
