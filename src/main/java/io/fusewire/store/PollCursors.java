package io.fusewire.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** How far each poll has come. What is noted here was stored before. Thread-safe. */
public final class PollCursors {
    private final Store store;

    public PollCursors(Store store) {
        this.store = store;
    }

    /** Where the poll is with the feed; at {@code origin} when it begins now. */
    public PollCursor open(String poll, String feed, Instant origin) {
        return store.write(session -> {
            long begin = origin.toEpochMilli();
            session.update("poll-insert", poll, feed, begin, begin, begin, begin);
            return session.first("poll-get", PollCursors::read, poll, feed).orElseThrow();
        });
    }

    /** Only ever forward: of two gateways that poll for a moment both, the one that is behind moves nothing back. */
    public void move(String poll, String feed, PollCursor to) {
        store.write(session -> session.update(
                "poll-move",
                to.watermark().toEpochMilli(),
                to.drainedAt().toEpochMilli(),
                to.tailedAt().toEpochMilli(),
                to.sweptAt().toEpochMilli(),
                poll,
                feed,
                to.watermark().toEpochMilli()));
    }

    /** Whichever way: for what was noted by a clock that was wrong. */
    public void reset(String poll, String feed, PollCursor to) {
        store.write(session -> session.update(
                "poll-reset",
                to.origin().toEpochMilli(),
                to.watermark().toEpochMilli(),
                to.drainedAt().toEpochMilli(),
                to.tailedAt().toEpochMilli(),
                to.sweptAt().toEpochMilli(),
                poll,
                feed));
    }

    private static PollCursor read(ResultSet row) throws SQLException {
        return new PollCursor(
                Instant.ofEpochMilli(row.getLong("origin")),
                Instant.ofEpochMilli(row.getLong("watermark")),
                Instant.ofEpochMilli(row.getLong("drained_at")),
                Instant.ofEpochMilli(row.getLong("tailed_at")),
                Instant.ofEpochMilli(row.getLong("swept_at")));
    }
}
