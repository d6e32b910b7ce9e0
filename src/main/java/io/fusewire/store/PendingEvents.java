package io.fusewire.store;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.Database.JsonRows;
import io.fusewire.store.Decision.IncidentChange;
import io.fusewire.store.Inbox.StoredEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Events whose rules have not run yet. Thread-safe. */
public final class PendingEvents {
    /**
     * An event in flight on this node until {@code leasedUntil} (milliseconds since 1970, by the store's clock).
     *
     * @param replayed its rules run again because one of them failed before
     */
    public record ClaimedEvent(StoredEvent event, boolean replayed, long leasedUntil) {}

    /** The bytes of events that one claim brings into memory, but for a single event that is larger. */
    private static final long MOST_BYTES = 4L << 20;

    private record Lease(long event, long leasedUntil) {
        static Lease of(Decision decision) {
            return new Lease(decision.claimed().event().id(), decision.claimed().leasedUntil());
        }
    }

    private record Size(long event, long bytes) {}

    private record Settled(List<Decision> decisions, List<IncidentChange> changes) {}

    private final Store store;
    private final int mostOpen;
    private final Consumer<IncidentChange> changed;

    /**
     * @param mostOpen open incidents of one rule and source; further causes fold into one
     * @param changed hears of each incident that alerts joined, after the commit
     */
    public PendingEvents(Store store, int mostOpen, Consumer<IncidentChange> changed) {
        this.store = store;
        this.mostOpen = mostOpen;
        this.changed = changed;
    }

    /**
     * Takes events, oldest first; they come back after the lease if nothing is settled.
     *
     * @param most how many at most; fewer where their bodies are large
     */
    public List<ClaimedEvent> claim(int most, Duration lease) {
        return store.write(session -> {
            long now = session.now();
            long until = now + lease.toMillis();
            Map<Long, Boolean> replayed = new HashMap<>();
            session.query("pending-claim", row -> replayed.put(row.getLong(1), row.getBoolean(2)), until, now, most);
            if (replayed.isEmpty()) {
                return List.of();
            }
            List<Long> fitting = fitting(session, replayed.keySet());
            Set<Long> others = new HashSet<>(replayed.keySet());
            fitting.forEach(others::remove);
            giveBack(
                    session,
                    others.stream().map(event -> new Lease(event, until)).toList());
            return session.query(
                    "events-get",
                    row -> {
                        StoredEvent event = StoredEvent.read(row);
                        return new ClaimedEvent(event, replayed.get(event.id()), until);
                    },
                    JsonRows.ids(fitting));
        });
    }

    /** The oldest of these events, as many as may be in memory at once. */
    private static List<Long> fitting(Session session, Set<Long> events) throws SQLException {
        List<Long> fitting = new ArrayList<>();
        long bytes = 0;
        for (Size size :
                session.query("event-sizes", row -> new Size(row.getLong(1), row.getLong(2)), JsonRows.ids(events))) {
            bytes += size.bytes;
            if (bytes > MOST_BYTES && !fitting.isEmpty()) {
                break;
            }
            fitting.add(size.event);
        }
        return fitting;
    }

    /** Ends the leases of events that are not decided: whoever comes next takes them. */
    public void giveBack(List<ClaimedEvent> claimed) {
        store.write(session -> giveBack(
                session,
                claimed.stream()
                        .map(one -> new Lease(one.event().id(), one.leasedUntil()))
                        .toList()));
    }

    private static int giveBack(Session session, List<Lease> leases) throws SQLException {
        return leases.isEmpty()
                ? 0
                : session.update("pending-back", JsonRows.of(leases, Lease::event, Lease::leasedUntil));
    }

    /**
     * Writes the deliveries that the rules asked for, the incidents that their alerts join, and that the events are no longer
     * pending, in one commit.
     *
     * @return those that were ours to settle; for the others the lease was lost, and whoever took them decides
     */
    public List<Decision> settle(List<Decision> decisions) {
        Settled committed = store.write(session -> {
            Set<Lease> ours = new HashSet<>(session.query(
                    "pending-done",
                    row -> new Lease(row.getLong(1), row.getLong(2)),
                    JsonRows.of(decisions.stream().map(Lease::of).toList(), Lease::event, Lease::leasedUntil)));
            List<Decision> settled = decisions.stream()
                    .filter(decision -> ours.contains(Lease.of(decision)))
                    .toList();
            Map<Long, Integer> joined = Map.of();
            List<IncidentChange> changes = List.of();
            if (settled.stream().anyMatch(decision -> !decision.joined().isEmpty())) {
                Incidents incidents = new Incidents(session, mostOpen);
                joined = incidents.join(settled);
                changes = incidents.changes();
            }
            Map<Long, Integer> alerts = new HashMap<>();
            for (Decision decision : settled) {
                long event = decision.claimed().event().id();
                alerts.put(event, deliver(session, decision) + joined.getOrDefault(event, 0));
            }
            if (!alerts.isEmpty()) {
                session.update(
                        "decided-insert", JsonRows.of(alerts.entrySet(), Map.Entry::getKey, Map.Entry::getValue));
            }
            return new Settled(settled, changes);
        });
        committed.changes.forEach(changed);
        return committed.decisions;
    }

    /** What an alert would do, were its event decided now. Nothing is changed. */
    public ForeseenIncident foresee(Decision.Joined alert) {
        return store.read(session -> ForeseenIncident.of(session, alert, mostOpen));
    }

    /** Whether the store takes decisions at all. */
    public boolean canSettle() {
        try {
            settle(List.of());
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    /** How many messages of the event's own are new. */
    private static int deliver(Session session, Decision decision) throws SQLException {
        long event = decision.claimed().event().id();
        int alerts = 0;
        for (Decision.Addressed alert : decision.alerts()) {
            alerts += insert(session, event, alert, session.now());
        }
        if (decision.brokenRule() != null) {
            session.update(
                    "rules-broken", event, decision.brokenRule(), decision.reason(), session.now(), session.now());
        } else if (decision.claimed().replayed()) {
            session.update("rules-mended", session.now(), event);
        }
        return alerts;
    }

    /** None where the sink has the event's alert already, from before a replay. */
    private static int insert(Session session, long event, Decision.Addressed alert, long now) throws SQLException {
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
