package io.fusewire.cli;

import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Plural;
import io.fusewire.runtime.DryRun;
import io.fusewire.store.EventHistory;
import io.fusewire.store.Store;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds the rules in hand against the events that the store holds: which alerts would be new, gone or changed. Reads the
 * store, also while a gateway uses it, and sends nothing.
 */
final class StoredEventsComparison {
    private static final int MOST_SHOWN = 20;

    private final DryRun dry;
    private final PrintStream out;
    private final Map<String, Integer> counts = new HashMap<>();
    private int compared;

    StoredEventsComparison(DryRun dry, PrintStream out) {
        this.dry = dry;
        this.out = out;
    }

    /** Compares the newest so many events whose rules have run. */
    void compare(int most) {
        try (Store store = GatewayCommand.store()) {
            new EventHistory(store).last(most, this::compare);
        }
        out.println("Of " + Plural.of(compared, "stored event", "stored events") + ": "
                + Plural.of(counts.getOrDefault("new", 0), "alert", "alerts") + " would be new, "
                + counts.getOrDefault("gone", 0) + " gone, " + counts.getOrDefault("changed", 0) + " changed.");
    }

    private void compare(EventHistory.Told told) {
        if (!told.decided()) {
            return;
        }
        compared++;
        Map<String, String> before = new TreeMap<>();
        told.deliveries()
                .forEach(delivery -> before.put(delivery.sink(), delivery.rule() + " (" + delivery.severity() + ")"));
        // Of an alert that joined an incident the rule is known; the severity is that of the gravest.
        told.incidents().stream()
                .filter(incident -> incident.sink() != null)
                .forEach(incident -> before.put(incident.sink(), incident.rule()));
        // A rule that failed then is no alert; what it would be now counts as new.
        before.remove("rules");
        Map<String, String> now;
        try {
            now = dry.explainer().alerts(told.event().body(), told.event().source());
        } catch (UnreadableEventException e) {
            throw new IllegalStateException(
                    "what is stored was read once: " + told.event().key(), e);
        }
        TreeSet<String> sinks = new TreeSet<>(before.keySet());
        sinks.addAll(now.keySet());
        for (String sink : sinks) {
            String was = before.get(sink);
            String is = now.get(sink);
            if (was == null) {
                show("new", told, sink + ": " + is);
            } else if (is == null) {
                show("gone", told, sink + ": " + was);
            } else if (!was.equals(is) && !is.startsWith(was + " (")) {
                show("changed", told, sink + ": " + is + ", was " + was);
            }
        }
    }

    private void show(String what, EventHistory.Told told, String alert) {
        if (counts.merge(what, 1, Integer::sum) <= MOST_SHOWN) {
            out.println("  " + what + "  event " + told.event().id() + ", " + alert);
        }
    }
}
