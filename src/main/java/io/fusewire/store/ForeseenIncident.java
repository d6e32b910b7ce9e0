package io.fusewire.store;

import io.fusewire.store.Decision.Cause;
import io.fusewire.store.Decision.Joined;
import io.fusewire.store.IncidentState.IncidentNews;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an alert would do, were its event decided now.
 *
 * @param is what it does to the incident: opened, joined, graver, closed, or late where a newer recovery closed it before
 * @param incident as it would be; its number is 0 where it is new
 * @param told how far each sink has been told of it
 */
public record ForeseenIncident(String is, IncidentState incident, Map<String, IncidentNews> told) {
    private static final String INHIBITED = " has an open incident";

    /** What there would be to tell a sink; empty where nothing is. */
    public Optional<IncidentNews> news(String sink) {
        boolean idle = is.equals("late") || (incident.id() == 0 && !incident.isOpen());
        return idle
                ? Optional.empty()
                : Optional.of(told.getOrDefault(sink, new IncidentNews(incident, 0, null, null, null)));
    }

    /** Whether it is why nobody is told for the time being. */
    public static boolean isHeld(String suppressed) {
        return ActiveSilences.isReason(suppressed) || suppressed.endsWith(INHIBITED);
    }

    /** @param mostOpen as of {@link PendingEvents} */
    static ForeseenIncident of(Session session, Joined alert, int mostOpen) throws SQLException {
        Cause cause = alert.cause();
        Optional<IncidentRow> row = find(session, cause.key()).filter(one -> one.takes(alert));
        boolean folded = row.isEmpty() && !alert.spec().resolve() && isFull(session, alert, mostOpen);
        if (folded) {
            row = find(session, cause.foldedKey()).filter(IncidentRow::isOpen);
        }
        return row.isPresent() ? joined(session, row.get(), alert) : opened(session, alert, folded);
    }

    private static Optional<IncidentRow> find(Session session, String key) throws SQLException {
        return session.first("incident-by-key", IncidentRow::new, key);
    }

    private static boolean isFull(Session session, Joined alert, int mostOpen) throws SQLException {
        return session.first(
                                "incident-open-count",
                                row -> row.getInt(1),
                                alert.spec().rule(),
                                alert.cause().source())
                        .orElse(0)
                >= mostOpen;
    }

    private static ForeseenIncident joined(Session session, IncidentRow row, Joined alert) throws SQLException {
        boolean wasOpen = row.isOpen();
        String severity = row.severity;
        if (alert.spec().resolve()) {
            row.recovery(0, alert, session.now());
        } else {
            row.alarm(0, alert, session.now());
            row.inhibited = row.isOpen() && isInhibited(session, row.terms.unless(), alert.cause());
        }
        String is = "joined";
        if (wasOpen != row.isOpen()) {
            is = "closed";
        } else if (!wasOpen && !alert.spec().resolve()) {
            is = "late";
        } else if (!severity.equals(row.severity)) {
            is = "graver";
        }
        IncidentState incident = row.state();
        Map<String, IncidentNews> told = new HashMap<>();
        session.query("incident-told", one -> told.put(one.getString("sink"), news(one, incident)), row.id);
        return new ForeseenIncident(is, incident, told);
    }

    private static IncidentNews news(ResultSet row, IncidentState incident) throws SQLException {
        return new IncidentNews(
                incident,
                row.getLong("told_count"),
                row.getString("told_state"),
                row.getString("told_severity"),
                row.getString("reference"));
    }

    private static ForeseenIncident opened(Session session, Joined alert, boolean folded) throws SQLException {
        Cause cause = alert.cause();
        boolean recovery = alert.spec().resolve();
        Instant at = Instant.ofEpochMilli(alert.at());
        Instant now = Instant.ofEpochMilli(session.now());
        String unless = alert.spec().grouping().unless();
        String inhibited = isInhibited(session, unless, cause) ? "rule " + unless + INHIBITED : null;
        String held = alert.silence() == null ? inhibited : Silence.REASON + alert.silence();
        IncidentState incident = new IncidentState(
                0,
                folded ? cause.foldedKey() : cause.key(),
                alert.spec().rule(),
                cause.source(),
                cause.project(),
                folded ? Map.of() : cause.labels(),
                folded,
                alert.spec().severity(),
                recovery ? 0 : 1,
                0,
                at,
                at,
                0,
                alert.text() == null ? List.of() : List.of(new IncidentState.Text(alert.text(), 1)),
                alert.trace() == null ? List.of() : List.of(alert.trace()),
                now,
                recovery ? now : null,
                recovery ? IncidentRow.RECOVERED : null,
                null,
                null,
                recovery ? null : held);
        return new ForeseenIncident(recovery ? "closed" : "opened", incident, Map.of());
    }

    private static boolean isInhibited(Session session, String unless, Cause cause) throws SQLException {
        return unless != null
                && session.first("incident-inhibitor", row -> true, unless, cause.source(), cause.project())
                        .isPresent();
    }
}
