package io.fusewire.poll.client;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a long drain, every few seconds, how far it is. One thread at a time. */
final class ProgressLog {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final String poll;
    private long rows;
    private Instant told = Instant.EPOCH;

    ProgressLog(PollSettings poll) {
        this.poll = poll.name();
    }

    /** So many rows more are stored; the drain is in the state after them. */
    void stored(int count, WindowScan drain, Instant here, Instant there) {
        rows += count;
        if (drain.isUpToNow() && drain.isDone()) {
            rows = 0;
            told = here;
        } else if (here.isAfter(told.plus(EVERY))) {
            told = here;
            LOG.info(
                    "Poll {}: {} rows so far; {} are stored up to {}, and it is {}",
                    poll,
                    rows,
                    drain.feed().word(),
                    drain.isDone() ? drain.to() : "somewhere in " + drain.window(),
                    there);
        }
    }
}
