package io.fusewire.store;

import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls back what a clock that was ahead has written: else alerts wait, and retention too, until the time that it told.
 * Times of the past are right whatever the clock says.
 */
final class TimeCorrection {
    private static final Logger LOG = LoggerFactory.getLogger(TimeCorrection.class);
    private static final Duration LEAST = Duration.ofSeconds(5);

    private TimeCorrection() {}

    /** At a start. What was to be due after a wait is due after the same wait from now on. */
    static Void apply(Session session) throws SQLException {
        long now = session.now();
        long ahead = session.first("times-ahead", row -> row.getLong(1)).orElse(0L) - now;
        if (ahead > LEAST.toMillis()) {
            LOG.warn(
                    "The store's times are up to {} ahead of the clock; they are pulled back.",
                    Duration.ofMillis(ahead));
            session.update("event-pull-back", now, now);
            session.update(
                    "delivery-pull-back", now, now, ahead, now, ahead, now, now, now, now, now, now, now, now, now);
            session.update("incident-pull-back", now, now, now, now, now, now, now, now, now, now, now);
            session.update("destination-pull-back", ahead, now);
            session.update("node-lease-pull-back", now);
        }
        return null;
    }
}
