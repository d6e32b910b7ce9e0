package io.fusewire.store;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.Decision.IncidentChange;
import io.fusewire.store.EventLogs.Place;
import io.fusewire.store.Inbox.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
     * @param replayed its rules run again because one of them failed before
     */
    public record ClaimedEvent(StoredEvent event, boolean replayed) {}

    /** The bytes of events that one look brings into memory, but for a single event that is larger. */
    private static final long MOST_BYTES = 4L << 20;

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

    /** The logs, whose events these are. */
    public EventLogs logs() {
        return new EventLogs(store);
    }

    /**
     * The events behind the place, oldest first.
     *
     * @param most how many at most; fewer where their bodies are large
     */
    public List<ClaimedEvent> after(Place place, int most) {
        return store.read(session -> session.query(
                "log-after",
                row -> new ClaimedEvent(StoredEvent.read(row), false),
                place.log(),
                place.judged(),
                most,
                MOST_BYTES));
    }

    /** Events whose rules are to run again; they come back after the lease if nothing is settled. */
    public List<ClaimedEvent> replayed(int most, Duration lease) {
        List<ClaimedEvent> due = store.read(session -> session.query(
                "rules-again",
                row -> new ClaimedEvent(StoredEvent.read(row), true),
                session.now(),
                session.now(),
                most,
                MOST_BYTES));
        return due.isEmpty()
                ? due
                : store.write(session -> {
                    List<ClaimedEvent> replayed = new ArrayList<>();
                    for (ClaimedEvent event : due) {
                        if (session.update(
                                        "rules-lease",
                                        session.now() + lease.toMillis(),
                                        event.event.id(),
                                        session.now())
                                > 0) {
                            replayed.add(event);
                        }
                    }
                    return replayed;
                });
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
        return committed(store.write(session -> {
                    long until = session.now() + lease.toMillis();
                    if (session.update(
                                    "log-judged",
                                    then.judged(),
                                    decisions.size(),
                                    until,
                                    place.log(),
                                    place.epoch(),
                                    place.judged())
                            == 0) {
                        return null;
                    }
                    SettledDecisions settled = new SettledDecisions(session, mostOpen);
                    settled.write(decisions);
                    if (settled.alerts() > 0) {
                        session.update("log-alerts", settled.wanted(), settled.alerts(), place.log());
                    }
                    return settled;
                }))
                .map(settled -> then);
    }

    /**
     * Writes what the rules made of an event that was replayed.
     *
     * @return false where its lease was over
     */
    public boolean settle(Decision decision) {
        return committed(store.write(session -> {
                    long event = decision.claimed().event().id();
                    if (session.update("rules-mended", session.now(), event, session.now()) == 0) {
                        return null;
                    }
                    boolean before = session.first("prune-asked", row -> row.getLong(1), event, event)
                                    .orElse(0L)
                            > 0;
                    SettledDecisions settled = new SettledDecisions(session, mostOpen);
                    settled.write(List.of(decision));
                    session.update("log-count", 0, before ? 0 : settled.wanted(), settled.alerts());
                    return settled;
                }))
                .isPresent();
    }

    private Optional<SettledDecisions> committed(SettledDecisions settled) {
        if (settled != null) {
            settled.changes().forEach(changed);
        }
        return Optional.ofNullable(settled);
    }

    /** What an alert would do, were its event decided now. Nothing is changed. */
    public ForeseenIncident foresee(Decision.Joined alert) {
        return store.read(session -> ForeseenIncident.of(session, alert, mostOpen));
    }

    /** Whether the store takes writes at all. */
    public boolean canSettle() {
        try {
            store.write(session -> session.update("log-count", 0, 0, 0));
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }
}
