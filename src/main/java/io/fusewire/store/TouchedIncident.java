package io.fusewire.store;

import io.fusewire.store.Decision.Addressed;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.Decision.IncidentChange;
import io.fusewire.store.Decision.Joined;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** An incident that alerts of one transaction join, and whom that makes due to be told. One thread. */
final class TouchedIncident {
    private final IncidentRow incident;
    private final String severity;
    private final boolean isNew;
    private final boolean wasOpen;
    private final long due;
    private final long count;
    private final long late;
    private final Map<String, Told> sinks = new LinkedHashMap<>();

    /** A sink, and the first event that was addressed to it. */
    private record Told(long event, Addressed sink) {}

    /** @param due when sinks are told that were not told of it before */
    TouchedIncident(IncidentRow incident, boolean isNew, long due) {
        this.incident = incident;
        this.severity = incident.severity;
        this.isNew = isNew;
        this.wasOpen = incident.isOpen();
        this.due = due;
        this.count = incident.count;
        this.late = incident.late;
    }

    void join(long event, Joined alert, long now) {
        if (alert.spec().resolve()) {
            incident.recovery(event, alert, now);
            return;
        }
        if (incident.isOpen()) {
            alert.sinks()
                    .forEach(sink -> sinks.merge(
                            sink.sink(), new Told(event, sink), (first, later) -> new Told(first.event, later.sink)));
        }
        incident.alarm(event, alert, now);
    }

    /** Each sink is told what is true when it is told; here it becomes due. */
    void store(Session session) throws SQLException {
        incident.inhibited = isInhibited(session, incident);
        incident.store(session);
        String held = incident.held();
        for (Told told : sinks.values()) {
            place(session, told, told.sink.suppressed() == null ? held : told.sink.suppressed());
        }
        if (!incident.isOpen() && wasOpen) {
            closed(session, incident);
        } else if (incident.isOpen() && held == null) {
            news(session);
        } else if (incident.isOpen() && !isNew) {
            hold(session, incident);
        }
    }

    private void news(Session session) throws SQLException {
        if (AlertSpec.isGraver(incident.severity, severity)) {
            atOnce(session, incident);
        } else if (!isNew) {
            inTime(session, incident);
        }
    }

    /** What was done to it. */
    IncidentChange change() {
        // A recovery that came before its alarm opens none.
        boolean was = incident.count > incident.late;
        boolean closed = was && wasOpen && !incident.isOpen();
        return new IncidentChange(
                incident.rule,
                was && isNew,
                incident.folded,
                incident.count - count,
                incident.late - late,
                closed ? incident.reason : null,
                incident.isOpen() ? incident.held() : null);
    }

    private void place(Session session, Told told, String suppressed) throws SQLException {
        Addressed sink = told.sink;
        long now = session.now();
        session.update("destination-insert", sink.sink(), sink.destination());
        int placed = session.update(
                "incident-sink-insert",
                told.event,
                sink.sink(),
                sink.destination(),
                incident.rule,
                incident.severity,
                incident.key,
                suppressed == null ? "waiting" : "suppressed",
                suppressed,
                due,
                due,
                suppressed == null ? null : now,
                incident.id);
        if (placed == 0 && suppressed == null) {
            session.update("incident-sink-on", now, now, incident.id, sink.sink());
        }
    }

    static boolean isInhibited(Session session, IncidentRow incident) throws SQLException {
        return incident.terms.unless() != null
                && session.first(
                                "incident-inhibitor",
                                row -> true,
                                incident.terms.unless(),
                                incident.source,
                                incident.project)
                        .isPresent();
    }

    /** Those that were told are told that it is closed; those that were about to be are not told at all. */
    static void closed(Session session, IncidentRow incident) throws SQLException {
        long now = session.now();
        session.update("incident-unsaid", "it closed within groupWait", now, incident.id, now);
        session.update("incident-told-of", now, now, incident.id);
        atOnce(session, incident);
    }

    /** What waits to be told of it, and is not in flight, is suppressed. */
    static void hold(Session session, IncidentRow incident) throws SQLException {
        long now = session.now();
        session.update("incident-hold", incident.held(), now, incident.id, now);
    }

    /** Each sink is told now, whatever the interval. */
    static void atOnce(Session session, IncidentRow incident) throws SQLException {
        news(session, incident, Duration.ZERO);
        session.update("incident-at-once", session.now(), session.now(), incident.id, session.now());
    }

    /** Each sink is told once the interval since the last message is over. */
    static void inTime(Session session, IncidentRow incident) throws SQLException {
        news(session, incident, Duration.ofMillis(incident.terms.interval()));
    }

    private static void news(Session session, IncidentRow incident, Duration interval) throws SQLException {
        long now = session.now();
        long millis = interval.toMillis();
        session.update("incident-news", now - millis, millis, now, now - millis, millis, now, incident.id);
    }
}
