package io.fusewire.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Events whose rules have not run yet. Thread-safe. */
public final class Desk {
    private record Place(long event, boolean replayed) {}

    private final Store store;

    public Desk(Store store) {
        this.store = store;
    }

    /** Takes up to {@code most} events, oldest first; they come back after the lease if nothing is settled. */
    public List<Claimed> claim(int most, Duration lease) {
        return store.write(session -> {
            long now = session.now();
            long until = now + lease.toMillis();
            List<Claimed> claimed = new ArrayList<>();
            for (Place place : session.query(
                    "desk-claim", row -> new Place(row.getLong(1), row.getBoolean(2)), until, now, most)) {
                Optional<StoredEvent> event = session.first("event-get", StoredEvent::read, place.event);
                event.ifPresent(found -> claimed.add(new Claimed(found, place.replayed, until)));
            }
            claimed.sort(Comparator.comparingLong(one -> one.event().id()));
            return claimed;
        });
    }

    /**
     * Writes the deliveries that the rules asked for and clears the events' places, in one commit.
     *
     * @return those that were ours to settle; for the others the lease was lost, and whoever took them decides
     */
    public List<Decision> settle(List<Decision> decisions) {
        return store.write(session -> {
            List<Decision> settled = new ArrayList<>(decisions.size());
            for (Decision decision : decisions) {
                Claimed claimed = decision.claimed();
                if (session.update("desk-done", claimed.event().id(), claimed.leasedUntil()) > 0) {
                    settle(session, decision);
                    settled.add(decision);
                }
            }
            return settled;
        });
    }

    private void settle(Session session, Decision decision) throws SQLException {
        long now = session.now();
        long event = decision.claimed().event().id();
        int alerts = 0;
        for (Decision.Addressed alert : decision.alerts()) {
            alerts += insert(session, event, alert, now);
        }
        session.update("decided-insert", event, alerts);
        if (decision.brokenRule() != null) {
            session.update("rules-broken", event, decision.brokenRule(), decision.reason(), now, now);
        } else if (decision.claimed().replayed()) {
            session.update("rules-mended", now, event);
        }
    }

    /** None where the sink has the event's alert already, from before a replay. */
    private static int insert(Session session, long event, Decision.Addressed alert, long now) throws SQLException {
        boolean suppressed = alert.suppressed() != null;
        session.update("lane-insert", alert.sink(), alert.lane());
        return session.update(
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
}
