package io.fusewire.store;

import io.fusewire.store.Decision.IncidentChange;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What decisions write, within one transaction. */
final class SettledDecisions {
    private final Session session;
    private final int mostOpen;
    private List<IncidentChange> changes = List.of();
    private int alerts;
    private int wanted;

    SettledDecisions(Session session, int mostOpen) {
        this.session = session;
        this.mostOpen = mostOpen;
    }

    /** What became of incidents. */
    List<IncidentChange> changes() {
        return changes;
    }

    /** How many alerts the events raised for sinks with a queue. */
    int alerts() {
        return alerts;
    }

    /** How many events raised any. */
    int wanted() {
        return wanted;
    }

    void write(List<Decision> decisions) throws SQLException {
        Map<Long, Integer> joined = Map.of();
        if (decisions.stream().anyMatch(decision -> !decision.joined().isEmpty())) {
            Incidents incidents = new Incidents(session, mostOpen);
            joined = incidents.join(decisions);
            changes = incidents.changes();
        }
        for (Decision decision : decisions) {
            int raised = deliver(decision)
                    + joined.getOrDefault(decision.claimed().event().id(), 0);
            alerts += raised;
            wanted += raised > 0 ? 1 : 0;
        }
    }

    /** How many messages of the event's own are new. */
    private int deliver(Decision decision) throws SQLException {
        long event = decision.claimed().event().id();
        int messages = 0;
        for (Decision.Addressed alert : decision.alerts()) {
            messages += insert(event, alert);
        }
        if (decision.brokenRule() != null) {
            long now = session.now();
            session.update("rules-broken", event, decision.brokenRule(), decision.reason(), now, now);
        }
        return messages;
    }

    /** None where the sink has the event's alert already, from before a replay. */
    private int insert(long event, Decision.Addressed alert) throws SQLException {
        long now = session.now();
        boolean suppressed = alert.suppressed() != null;
        session.update("destination-insert", alert.sink(), alert.destination());
        return session.update(
                "delivery-insert",
                event,
                alert.sink(),
                alert.destination(),
                alert.rule(),
                alert.severity(),
                alert.resolve() ? 1 : 0,
                alert.incident(),
                suppressed ? "suppressed" : "waiting",
                alert.suppressed(),
                now,
                now,
                suppressed ? now : null);
    }
}
