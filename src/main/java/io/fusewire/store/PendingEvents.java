package io.fusewire.store;

import io.fusewire.event.Event;
import io.fusewire.store.Decision.IncidentChange;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.OwnLog.Place;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Events whose rules have not run yet: those of a log behind its place. A node judges its own log, and those of nodes that
 * are gone, each in its order. Thread-safe.
 */
public final class PendingEvents {
    /**
     * An event that this node is to decide.
     *
     * @param read what it says, where this node has just read it; null where it came from the store
     * @param replayed its rules run again because one of them failed before
     */
    public record ClaimedEvent(StoredEvent event, Event read, boolean replayed) {}

    /** The bytes of events that one look brings into memory, but for a single event that is larger. */
    static final long MOST_BYTES = 4L << 20;

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

    /** The log that this node's own events go into. */
    public OwnLog ownLog() {
        return store.log();
    }

    /** Those of all nodes, and who judges them. */
    public EventLogs logs() {
        return new EventLogs(store);
    }

    /** Events whose rules are to run again. */
    public ReplayedEvents replays() {
        return new ReplayedEvents(store, mostOpen, changed);
    }

    /**
     * The events behind the place, oldest first.
     *
     * @param most how many at most; fewer where their bodies are large
     */
    public List<ClaimedEvent> after(Place place, int most) {
        return store.read(session -> session.query(
                "log-after",
                row -> new ClaimedEvent(StoredEvent.read(row), null, false),
                place.log(),
                place.judged(),
                most,
                MOST_BYTES));
    }

    /**
     * Writes the deliveries that the rules asked for, the incidents that their alerts join, and that the log is judged up to
     * the last of the events, in one commit.
     *
     * @param decisions of the events that follow the place, in their order
     * @return where the rules stand then; empty where another has the log, or has decided them meanwhile
     */
    public Optional<Place> settle(Place place, List<Decision> decisions, Duration lease) {
        Place then = decisions.isEmpty()
                ? place
                : place.at(decisions.get(decisions.size() - 1).claimed().event().id());
        SettledDecisions settled = store.write(session -> {
            long until = session.now() + lease.toMillis();
            int moved = session.update(
                    "log-judged", then.judged(), decisions.size(), until, place.log(), place.epoch(), place.judged());
            if (moved == 0) {
                return null;
            }
            SettledDecisions written = new SettledDecisions(session, mostOpen);
            written.write(decisions);
            if (written.alerts() > 0) {
                session.update("log-alerts", written.wanted(), written.alerts(), place.log());
            }
            return written;
        });
        return SettledDecisions.tell(settled, changed) ? Optional.of(then) : Optional.empty();
    }

    /** What an alert would do, were its event decided now. Nothing is changed. */
    public ForeseenIncident foresee(Decision.Joined alert) {
        return store.read(session -> ForeseenIncident.of(session, alert, mostOpen));
    }

    /** What decisions write, within one transaction. */
    static final class SettledDecisions {
        private final Session session;
        private final int mostOpen;
        private List<IncidentChange> changes = List.of();
        private int alerts;
        private int wanted;

        SettledDecisions(Session session, int mostOpen) {
            this.session = session;
            this.mostOpen = mostOpen;
        }

        /** After the commit. False where nothing was written. */
        static boolean tell(SettledDecisions settled, Consumer<IncidentChange> changed) {
            if (settled != null) {
                settled.changes.forEach(changed);
            }
            return settled != null;
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
}
