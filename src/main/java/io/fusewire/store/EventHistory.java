package io.fusewire.store;

import io.fusewire.store.Inbox.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What became of one event. Thread-safe. */
public final class EventHistory {
    /**
     * An event's way so far.
     *
     * @param decided whether its rules have run
     * @param deliveries messages of its own
     * @param incidents those that its alerts joined, one for each sink that is told
     */
    public record Told(StoredEvent event, boolean decided, List<Delivered> deliveries, List<Joined> incidents) {
        /** What became of it, in one sentence. */
        public String sentence() {
            return EventWords.sentence(this);
        }

        /** It in words: a line for the event, and one for each of its deliveries. */
        public List<String> lines() {
            return EventWords.lines(this);
        }
    }

    /**
     * One of its deliveries.
     *
     * @param until when it ended, or when it is due again
     * @param reason why it is where it is, without secrets; null where there is none to tell
     */
    public record Delivered(
            String sink,
            String rule,
            String severity,
            String state,
            int attempts,
            int replays,
            Instant until,
            String reason) {}

    /**
     * An incident that it joined, and how far a sink has been told of it.
     *
     * @param severity the incident's
     * @param count its alerts so far
     * @param sink null where no sink is told
     * @param state what the sink's message is: waiting, delivered, suppressed, dead, discarded
     * @param told the count that the sink was told last
     * @param said when that was; null where it was told nothing
     * @param until when it was told, or is due to be
     * @param reason why it is where it is, without secrets; null where there is none to tell
     */
    public record Joined(
            long id,
            String rule,
            String severity,
            boolean open,
            long count,
            String sink,
            String state,
            long told,
            Said said,
            Instant until,
            String reason) {}

    /**
     * When a sink was told last.
     *
     * @param printed whether it only printed that
     */
    public record Said(Instant at, boolean printed) {}

    private static final int PAGE = 100;

    private final Store store;

    public EventHistory(Store store) {
        this.store = store;
    }

    /** Finds an event by its number in the store, or those of a key: one of each source that sent it, the oldest first. */
    public List<Told> find(String idOrKey) {
        return store.read(session -> {
            List<Told> found = idOrKey.matches("\\d{1,18}")
                    ? find(session, "event-get", Long.parseLong(idOrKey))
                    : List.<Told>of();
            EventIdentity identity = EventIdentity.of(idOrKey);
            return found.isEmpty()
                    ? find(
                            session,
                            "history-key",
                            identity.bytes(),
                            identity.last().bytes(),
                            idOrKey)
                    : found;
        });
    }

    /** As part of another look into the store. */
    static List<Told> find(Session session, String statement, Object... values) throws SQLException {
        List<Told> found = new ArrayList<>();
        for (StoredEvent event : session.query(statement, StoredEvent::read, values)) {
            found.add(told(session, event));
        }
        return found;
    }

    /** Shows the newest so many events, the newest first; a page of them is in memory at a time. */
    public void last(int most, Consumer<Told> reader) {
        long before = Long.MAX_VALUE;
        for (int left = most; left > 0; ) {
            List<Told> page = page(before, Math.min(PAGE, left));
            if (page.isEmpty()) {
                return;
            }
            page.forEach(reader);
            left -= page.size();
            before = page.get(page.size() - 1).event().id();
        }
    }

    /** When the last event of each source came that is among the newest so many. */
    public Map<String, Instant> lastBySource(int newest) {
        Map<String, Instant> last = new TreeMap<>();
        store.read(session -> session.query(
                "source-last", row -> last.put(row.getString(1), Instant.ofEpochMilli(row.getLong(2))), newest));
        return last;
    }

    private List<Told> page(long before, int most) {
        return store.read(session -> find(session, "history-last", before, most));
    }

    static Told told(Session session, StoredEvent event) throws SQLException {
        return new Told(
                event,
                session.first("history-judged", row -> row.getBoolean(1), event.id())
                        .orElseThrow(),
                session.query("history-deliveries", EventHistory::read, session.now(), event.id()),
                session.query("history-incidents", EventHistory::joined, session.now(), event.id()));
    }

    private static Joined joined(ResultSet row) throws SQLException {
        long ended = row.getLong("ended_at");
        return new Joined(
                row.getLong("id"),
                row.getString("rule"),
                row.getString("severity"),
                row.getString("state").equals("open"),
                row.getLong("count"),
                row.getString("sink"),
                row.getString("told"),
                row.getLong("told_count"),
                row.getObject("told_at") == null
                        ? null
                        : new Said(Instant.ofEpochMilli(row.getLong("told_at")), row.getBoolean("printed")),
                Instant.ofEpochMilli(ended == 0 ? row.getLong("due_at") : ended),
                why(row));
    }

    private static Delivered read(ResultSet row) throws SQLException {
        long ended = row.getLong("ended_at");
        return new Delivered(
                row.getString("sink"),
                row.getString("rule"),
                row.getString("severity"),
                row.getString("state"),
                row.getInt("attempts"),
                row.getInt("replays"),
                Instant.ofEpochMilli(ended == 0 ? row.getLong("due_at") : ended),
                why(row));
    }

    /** What became of it last, and whether it waits for its address. */
    private static String why(ResultSet row) throws SQLException {
        String why = row.getString("why");
        if (row.getString("address") == null) {
            return why;
        }
        String rests = "its address " + row.getString("address") + " rests until "
                + Instant.ofEpochMilli(row.getLong("held_until")) + ": " + row.getString("rests");
        return why == null ? rests : why + "; " + rests;
    }
}
