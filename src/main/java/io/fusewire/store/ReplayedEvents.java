package io.fusewire.store;

import io.fusewire.store.Decision.IncidentChange;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import io.fusewire.store.PendingEvents.SettledDecisions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Events of which a rule failed, and of which somebody asked that their rules run again. Thread-safe. */
public final class ReplayedEvents {
    private final Store store;
    private final int mostOpen;
    private final Consumer<IncidentChange> changed;

    ReplayedEvents(Store store, int mostOpen, Consumer<IncidentChange> changed) {
        this.store = store;
        this.mostOpen = mostOpen;
        this.changed = changed;
    }

    /** They come back after the lease if nothing is settled. */
    public List<ClaimedEvent> claim(int most, Duration lease) {
        List<ClaimedEvent> due = store.read(session -> session.query(
                "rules-again",
                row -> new ClaimedEvent(StoredEvent.read(row), null, true),
                session.now(),
                session.now(),
                most,
                PendingEvents.MOST_BYTES));
        return due.isEmpty()
                ? due
                : store.write(session -> {
                    List<ClaimedEvent> replayed = new ArrayList<>();
                    for (ClaimedEvent event : due) {
                        if (session.update(
                                        "rules-lease",
                                        session.now() + lease.toMillis(),
                                        event.event().id(),
                                        session.now())
                                > 0) {
                            replayed.add(event);
                        }
                    }
                    return replayed;
                });
    }

    /**
     * Writes what the rules made of an event that was replayed.
     *
     * @return false where its lease was over
     */
    public boolean settle(Decision decision) {
        SettledDecisions settled = store.write(session -> {
            long event = decision.claimed().event().id();
            if (session.update("rules-mended", session.now(), event, session.now()) == 0) {
                return null;
            }
            boolean before = session.first("prune-asked", row -> row.getLong(1), event, event)
                            .orElse(0L)
                    > 0;
            SettledDecisions written = new SettledDecisions(session, mostOpen);
            written.write(List.of(decision));
            session.update("log-count", 0, before ? 0 : written.wanted(), written.alerts());
            return written;
        });
        return SettledDecisions.tell(settled, changed);
    }
}
