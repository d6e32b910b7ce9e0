package io.fusewire.cli;

import io.fusewire.config.Secrets;
import io.fusewire.config.Settings;
import io.fusewire.config.StoreConfig;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.runtime.Clocks;
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
        Settings settings = Settings.here();
        try (Store store = new StoreConfig(settings, new Secrets(settings))
                .look(Clocks.ofTheMachine().steady())) {
            new EventHistory(store).last(most, this::compare);
        }
        out.println("Of " + compared + " stored events: " + counts.getOrDefault("new", 0) + " alerts would be new, "
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
            differ(told, sink, before.get(sink), now.get(sink));
        }
    }

    private void differ(EventHistory.Told told, String sink, String before, String now) {
        if (before == null) {
            show("new", told, sink + ": " + now);
        } else if (now == null) {
            show("gone", told, sink + ": " + before);
        } else if (!before.equals(now)) {
            show("changed", told, sink + ": " + now + ", was " + before);
        }
    }

    private void show(String what, EventHistory.Told told, String alert) {
        if (counts.merge(what, 1, Integer::sum) <= MOST_SHOWN) {
            out.println("  " + what + "  event " + told.event().id() + ", " + alert);
        }
    }
}
