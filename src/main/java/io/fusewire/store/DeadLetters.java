package io.fusewire.store;

import io.fusewire.error.InvalidRequestException;
import io.fusewire.event.Plural;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deliveries that nobody tries any more, and events that a rule could not read (sink {@code rules}). They stay until
 * somebody replays or discards them. Each is a map with the names of the admin API. Thread-safe.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int MOST = 1_000;

    /** How many are replayed in one commit, so that the traffic passes between them. */
    private static final int PAGE = 500;

    private record Due(long id, long at) {}

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
        return told(
                "was put back into its queue",
                id,
                store.write(session -> replay(session, List.of(new Due(id, session.now()))) > 0));
    }

    /**
     * Puts all of a sink back into its queue, so many due a second, with a commit for some hundred of them. What fails
     * leaves those before it replayed.
     *
     * @return how many
     */
    public int replayAll(String sink, int perSecond) {
        if (sink == null) {
            throw new InvalidRequestException("Say of which sink: ?sink=slack, for example.");
        }
        long began = store.read(Session::now);
        int count = 0;
        List<Long> page = List.of();
        do {
            page = page(sink, page.isEmpty() ? 0 : page.get(page.size() - 1));
            List<Due> due = new ArrayList<>(page.size());
            for (long id : page) {
                due.add(new Due(id, began + (count + due.size()) * 1_000L / perSecond));
            }
            count += due.isEmpty() ? 0 : store.write(session -> replay(session, due));
        } while (page.size() == PAGE);
        String letters = Plural.of(count, "dead letter of " + sink + " was", "dead letters of " + sink + " were");
        LOG.info("{} put back into its queue.", letters);
        return count;
    }

    private List<Long> page(String sink, long after) {
        return store.read(session -> session.query("dead-ids", row -> row.getLong(1), sink, after, PAGE));
    }

    /** Ends one for good; its row stays for the reconciliation. False when there is no such dead letter. */
    public boolean discard(long id) {
        return told("was discarded", id, store.write(session -> session.update("dead-discard", session.now(), id) > 0));
    }

    private static boolean told(String what, long id, boolean done) {
        if (done) {
            LOG.info("Dead letter {} {}.", id, what);
        }
        return done;
    }

    private static int replay(Session session, List<Due> due) throws SQLException {
        return session.update(
                "dead-replay",
                session.now(),
                due.stream().map(one -> List.of(one.id(), one.at())).toList());
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
