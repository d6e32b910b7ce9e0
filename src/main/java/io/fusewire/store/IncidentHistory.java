package io.fusewire.store;

import io.fusewire.error.InvalidRequestException;
import io.fusewire.store.Decision.IncidentChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The incidents, as an operator sees them, and what he says of them. With the names of the admin API. Thread-safe. */
public final class IncidentHistory {
    private static final int MOST = 1_000;
    private static final int EVENTS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(IncidentHistory.class);
    private static final List<String> STATES = List.of("open", "closed");

    private final Store store;
    private final Consumer<IncidentChange> changed;

    /** @param changed hears of each that is closed here, after the commit */
    public IncidentHistory(Store store, Consumer<IncidentChange> changed) {
        this.store = store;
        this.changed = changed;
    }

    /**
     * A page, newest first: {@code incidents}, and as {@code next} what to ask for the one after it by, if there is one.
     *
     * @param state only those that are {@code open} or {@code closed}; null for all
     * @param before only those with a smaller number, or null
     * @param limit at most so many, up to 1,000; null for 100
     */
    public Map<String, Object> list(String state, Long before, Integer limit) {
        if (state != null && !STATES.contains(state)) {
            throw new InvalidRequestException("An incident is open or closed.");
        }
        int most = limit == null ? 100 : Math.max(1, Math.min(limit, MOST));
        List<Map<String, Object>> page = store.read(session -> session.query(
                "incident-list", IncidentHistory::told, state, before == null ? Long.MAX_VALUE : before, most));
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("incidents", page);
        put(told, "next", page.size() == most ? page.get(most - 1).get("id") : null);
        return told;
    }

    /** One with its newest events, up to 100, and what each sink was told; null when there is none. */
    public Map<String, Object> get(long id) {
        return store.read(session -> {
            Map<String, Object> told =
                    session.first("incident-get", IncidentHistory::told, id).orElse(null);
            if (told != null) {
                told.put("events", session.query("incident-events", IncidentHistory::event, id, EVENTS));
                told.put("sinks", session.query("incident-sinks", IncidentHistory::sink, id));
            }
            return told;
        });
    }

    /** It as it is now; empty where there is none. */
    public Optional<IncidentState> state(long id) {
        return store.read(session -> session.first("incident-get", row -> new IncidentRow(row).state(), id));
    }

    /**
     * Somebody works on it: it is not told again that it is open. A second time it stays as it is.
     *
     * @param by who, or null
     * @param why why, or null
     * @return false when there is no such incident
     */
    public boolean acknowledge(long id, String by, String why) {
        check(by, why);
        Optional<Boolean> changedNow = store.write(session -> {
            boolean done = session.update("incident-acknowledge", session.now(), by, why, id) > 0;
            return session.first("incident-get", row -> done, id);
        });
        if (changedNow.orElse(false)) {
            tell(id, "acknowledged", by, why);
        }
        return changedNow.isPresent();
    }

    /** Closes it, and tells the sinks that were told of it. One that is closed stays as it is. As {@link #acknowledge}. */
    public boolean close(long id, String by, String why) {
        check(by, why);
        List<IncidentRow> closed = new ArrayList<>();
        boolean found = store.write(session -> {
            closed.clear();
            IncidentRow incident =
                    session.first("incident-lock", IncidentRow::new, id).orElse(null);
            if (incident != null && incident.isOpen()) {
                incident.close("by-hand", by, session.now());
                incident.store(session);
                session.update("incident-comment", why, id);
                TouchedIncident.closed(session, incident);
                closed.add(incident);
            }
            return incident != null;
        });
        closed.forEach(incident -> tell(id, "closed", by, why));
        closed.stream().map(IncidentSchedule::closing).forEach(changed);
        return found;
    }

    /** What waits to be told of it is held by a silence, as what joins it is; where it is closed there is nothing to hold. */
    public void hold(long id, long silence) {
        store.write(session -> {
            IncidentRow incident =
                    session.first("incident-lock", IncidentRow::new, id).orElse(null);
            if (incident != null && incident.isOpen()) {
                incident.silence = silence;
                incident.store(session);
                TouchedIncident.hold(session, incident);
            }
            return incident != null;
        });
    }

    private static void tell(long id, String done, String by, String why) {
        LOG.info("Incident {} was {} by {}{}", id, done, Silences.who(by), why == null ? "" : ": " + why);
    }

    private static void check(String by, String why) {
        if (by != null) {
            InvalidRequestException.unlessText("by", by, Silences.LONGEST_NAME);
        }
        if (why != null) {
            InvalidRequestException.unlessText("why", why, Silences.LONGEST_COMMENT);
        }
    }

    private static Map<String, Object> told(ResultSet row) throws SQLException {
        IncidentState incident = new IncidentRow(row).state();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", incident.id());
        told.put("rule", incident.rule());
        told.put("state", incident.isOpen() ? "open" : "closed");
        told.put("severity", incident.severity());
        told.put("count", incident.count());
        told.put("late", incident.late());
        told.put("since", incident.since().toString());
        told.put("last", incident.last().toString());
        told.put("source", incident.source());
        told.put("project", incident.project());
        told.put("group", incident.labels());
        told.put("key", incident.key());
        told.put("folded", incident.folded());
        told.put("texts", incident.texts());
        told.put("traces", incident.samples());
        put(told, "opened", incident.opened());
        put(told, "acknowledged", incident.acknowledged());
        put(told, "closed", incident.closed());
        put(told, "reason", incident.reason());
        put(told, "by", incident.by());
        put(told, "why", row.getString("comment"));
        put(told, "held", incident.held());
        return told;
    }

    private static Map<String, Object> event(ResultSet row) throws SQLException {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", row.getLong("id"));
        told.put("event", row.getString("key"));
        told.put("type", row.getString("type"));
        told.put("received", time(row, "received_at"));
        return told;
    }

    private static Map<String, Object> sink(ResultSet row) throws SQLException {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("sink", row.getString("sink"));
        told.put("state", row.getString("state"));
        told.put("told", row.getLong("told_count"));
        put(told, "as", row.getString("told_state"));
        put(told, "at", row.getObject("told_at") == null ? null : time(row, "told_at"));
        if (row.getString("state").equals("waiting")) {
            told.put("due", time(row, "due_at"));
        }
        told.put("attempts", row.getInt("attempts"));
        put(told, "reason", row.getString("reason"));
        return told;
    }

    private static String time(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column)).toString();
    }

    private static void put(Map<String, Object> told, String name, Object value) {
        if (value != null) {
            told.put(name, value instanceof Instant time ? time.toString() : value);
        }
    }
}
