package io.fusewire.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Events whose rules have not run yet. Thread-safe. */
public final class Desk {
    private record Place(long event, boolean replayed) {}

    private final Store store;

    public Desk(Store store) {
        this.store = store;
    }

    /** Takes up to {@code most} events, oldest first; they come back after the lease if nothing is settled. */
    public List<StoredEvent> claim(int most, Duration lease) {
        return store.write(session -> {
            long now = store.now();
            List<StoredEvent> events = new ArrayList<>();
            for (Place place : session.query(
                    "desk-claim",
                    row -> new Place(row.getLong(1), row.getBoolean(2)),
                    now + lease.toMillis(),
                    now,
                    most)) {
                session.first("event-get", row -> StoredEvent.read(row, place.replayed), place.event)
                        .ifPresent(events::add);
            }
            events.sort((a, b) -> Long.compare(a.id(), b.id()));
            return events;
        });
    }

    /** Writes the deliveries that the rules asked for and clears the events' places, in one commit. */
    public void settle(List<Decision> decisions) {
        store.write(session -> {
            for (Decision decision : decisions) {
                settle(session, decision);
            }
            return null;
        });
    }

    private void settle(Session session, Decision decision) throws SQLException {
        long now = store.now();
        long event = decision.event().id();
        for (Decision.Addressed alert : decision.alerts()) {
            boolean suppressed = alert.suppressed() != null;
            session.update("lane-insert", alert.sink(), alert.lane());
            session.update(
                    "delivery-insert",
                    event,
                    alert.sink(),
                    alert.lane(),
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
        if (decision.brokenRule() != null) {
            session.update("rules-broken", event, decision.brokenRule(), decision.reason(), now, now);
        } else if (decision.event().replayed()) {
            session.update("rules-mended", now, event);
        }
        session.update("desk-delete", event);
    }
}
