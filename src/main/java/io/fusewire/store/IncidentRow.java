package io.fusewire.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.Decision.IncidentTerms;
import io.fusewire.store.Decision.Joined;
import io.fusewire.store.IncidentState.FrequentTexts;
import io.fusewire.store.IncidentState.FrequentTexts.Said;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An incident while one transaction changes it. Times are milliseconds since 1970. One thread. */
final class IncidentRow {
    static final String RECOVERED = "recovered";
    private static final int MOST_SAMPLES = 5;

    final long id;
    final String key;
    final String rule;
    final String source;
    final String project;
    private final Map<String, String> labels;
    final boolean folded;
    private final long openedAt;
    final IncidentTerms terms;
    private final FrequentTexts texts;
    private final List<String> samples;
    private final String acknowledgedBy;
    private final Long acknowledgedAt;
    String severity;
    long count;
    long late;
    private long recoveries;
    private long since;
    private long last;
    long recoveredAt;
    long lastEvent;
    private long touchedAt;
    private long repeatedAt;
    private Long closedAt;
    String reason;
    private String closedBy;
    Long silence;
    boolean inhibited;

    IncidentRow(ResultSet row) throws SQLException {
        id = row.getLong("id");
        key = row.getString("key");
        rule = row.getString("rule");
        source = row.getString("source");
        project = row.getString("project");
        labels = Session.json(row, "labels", new TypeReference<LinkedHashMap<String, String>>() {});
        folded = row.getBoolean("folded");
        openedAt = row.getLong("opened_at");
        terms = IncidentTerms.read(row);
        texts = new FrequentTexts(Session.json(row, "texts", new TypeReference<LinkedHashMap<String, Said>>() {}));
        samples = Session.json(row, "samples", new TypeReference<ArrayList<String>>() {});
        acknowledgedAt = IncidentTerms.whole(row, "acknowledged_at");
        acknowledgedBy = row.getString("acknowledged_by");
        severity = row.getString("severity");
        count = row.getLong("count");
        late = row.getLong("late");
        recoveries = row.getLong("recoveries");
        since = row.getLong("since");
        last = row.getLong("last");
        recoveredAt = row.getLong("recovered_at");
        lastEvent = row.getLong("last_event");
        touchedAt = row.getLong("touched_at");
        repeatedAt = row.getLong("repeated_at");
        closedAt = IncidentTerms.whole(row, "closed_at");
        reason = row.getString("reason");
        closedBy = row.getString("closed_by");
        silence = IncidentTerms.whole(row, "silence_id");
        inhibited = row.getBoolean("inhibited");
    }

    boolean isOpen() {
        return closedAt == null;
    }

    /** Whether an alert of its cause joins it, and opens no other; of two with one time the one that came later decides. */
    boolean takes(Joined alert) {
        return isOpen() || alert.spec().resolve() || recoveredAt > alert.at();
    }

    /** An alarm joins; one that is older than the recovery is counted and changes nothing else. */
    void alarm(long event, Joined alarm, long now) {
        count++;
        late += isOpen() ? 0 : 1;
        since = Math.min(since, alarm.at());
        if (isOpen()) {
            last = Math.max(last, alarm.at());
            lastEvent = event;
            touchedAt = repeatedAt = now;
            severity = AlertSpec.graver(severity, alarm.spec().severity());
            texts.note(alarm.text());
            if (alarm.trace() != null && samples.size() < MOST_SAMPLES && !samples.contains(alarm.trace())) {
                samples.add(alarm.trace());
            }
            silence = alarm.silence();
        }
    }

    /** Its own recovery joins; it closes unless an alarm is newer. */
    void recovery(long event, Joined recovery, long now) {
        recoveries++;
        recoveredAt = Math.max(recoveredAt, recovery.at());
        if (isOpen() && recovery.at() >= last) {
            lastEvent = event;
            close(RECOVERED, null, now);
        }
    }

    void close(String why, String by, long now) {
        closedAt = now;
        reason = why;
        closedBy = by;
    }

    /** Why it closes by itself now; null where it doesn't. */
    String over(long now) {
        return isOpen() ? terms.over(touchedAt, now) : null;
    }

    /** Whether it is to be said again that it is open; it is then for another interval. */
    boolean repeats(long now) {
        boolean due = terms.repeat() != null
                && acknowledgedAt == null
                && held() == null
                && repeatedAt + terms.repeat() <= now;
        repeatedAt = due ? now : repeatedAt;
        return due;
    }

    /** Why nobody is told at present; null where everybody is. */
    String held() {
        return silence != null
                ? "silence " + silence
                : inhibited ? "rule " + terms.unless() + " has an open incident" : null;
    }

    void store(Session session) throws SQLException {
        session.update(
                "incident-update",
                isOpen() ? "open" : "closed",
                severity,
                count,
                late,
                recoveries,
                since,
                last,
                recoveredAt,
                lastEvent,
                texts.said(),
                samples,
                touchedAt,
                repeatedAt,
                closedAt,
                reason,
                closedBy,
                silence,
                inhibited ? 1 : 0,
                id);
    }

    IncidentState state() {
        return new IncidentState(
                id,
                key,
                rule,
                source,
                project,
                labels,
                folded,
                severity,
                count,
                late,
                instant(since),
                instant(last),
                lastEvent,
                texts.top(),
                List.copyOf(samples),
                instant(openedAt),
                instant(closedAt),
                reason,
                "by-hand".equals(reason) ? closedBy : acknowledgedBy,
                instant(acknowledgedAt),
                isOpen() ? held() : null);
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
