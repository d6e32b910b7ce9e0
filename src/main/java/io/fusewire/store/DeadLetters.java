package io.fusewire.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deliveries that nobody tries any more, and events that a rule could not read (sink {@code rules}). They stay until
 * somebody replays or discards them. Each is a map with the names of the admin API. Thread-safe.
 */
public final class DeadLetters {
    private static final int MOST = 1_000;

    private final Store store;

    public DeadLetters(Store store) {
        this.store = store;
    }

    /**
     * A page, oldest first.
     *
     * @param sink only this sink's, or null
     * @param after only those with a larger id, or null
     * @param limit at most so many, up to 1,000; null for 100
     */
    public List<Map<String, Object>> list(String sink, Long after, Integer limit) {
        long from = after == null ? 0 : after;
        int most = limit == null ? 100 : Math.max(1, Math.min(limit, MOST));
        return store.read(session -> session.query("dead-list", DeadLetters::read, sink, from, most));
    }

    /**
     * One dead letter with its event's text, as it arrived, under {@code body}, and what became of the event, in the
     * lines of {@link EventHistory.Told#lines}, under {@code why}; null when there is none.
     */
    public Map<String, Object> get(long id) {
        return store.read(session ->
                session.first("dead-get", row -> readWhole(row, session), id).orElse(null));
    }

    /** Puts one back into its queue, due now. False when there is no such dead letter. */
    public boolean replay(long id) {
        return store.write(session -> replay(session, id, session.now()));
    }

    /**
     * Puts all of a sink back into its queue, so many due a second.
     *
     * @return how many
     */
    public int replayAll(String sink, int perSecond) {
        if (sink == null) {
            throw new IllegalArgumentException("all dead letters of which sink?");
        }
        return store.write(session -> {
            long due = session.now();
            int count = 0;
            for (long id : session.query("dead-ids", row -> row.getLong(1), sink)) {
                replay(session, id, due + count * 1_000L / perSecond);
                count++;
            }
            return count;
        });
    }

    /** Ends one for good; its row stays for the reconciliation. False when there is no such dead letter. */
    public boolean discard(long id) {
        return store.write(session -> session.update("dead-discard", session.now(), id) > 0);
    }

    private boolean replay(Session session, long id, long due) throws SQLException {
        record Replayed(long event, String sink) {}
        Optional<Replayed> replayed = session.first(
                "dead-replay", row -> new Replayed(row.getLong(1), row.getString(2)), session.now(), due, id);
        if (replayed.isPresent() && replayed.get().sink.equals("rules")) {
            session.update("pending-insert", replayed.get().event, 1);
        }
        return replayed.isPresent();
    }

    private static Map<String, Object> readWhole(ResultSet row, Session session) throws SQLException {
        Map<String, Object> deadLetter = read(row);
        deadLetter.put("body", new String(row.getBytes("body"), StandardCharsets.UTF_8));
        EventHistory.find(session, "event-get", row.getLong("event_id"))
                .forEach(told -> deadLetter.put("why", told.lines()));
        return deadLetter;
    }

    private static Map<String, Object> read(ResultSet row) throws SQLException {
        Map<String, Object> deadLetter = new LinkedHashMap<>();
        deadLetter.put("id", row.getLong("id"));
        deadLetter.put("sink", row.getString("sink"));
        deadLetter.put("rule", row.getString("rule"));
        deadLetter.put("severity", row.getString("severity"));
        deadLetter.put("reason", row.getString("reason"));
        deadLetter.put("attempts", row.getInt("attempts"));
        deadLetter.put("replays", row.getInt("replays"));
        deadLetter.put("died", Instant.ofEpochMilli(row.getLong("ended_at")).toString());
        deadLetter.put("event", row.getString("key"));
        deadLetter.put("type", row.getString("type"));
        deadLetter.put("source", row.getString("source"));
        return deadLetter;
    }
}
