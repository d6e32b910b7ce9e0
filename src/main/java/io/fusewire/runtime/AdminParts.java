package io.fusewire.runtime;

import io.fusewire.delivery.RequireKnownSink;
import io.fusewire.delivery.SinkRegistry;
import io.fusewire.event.EventReader;
import io.fusewire.metrics.Meters;
import io.fusewire.rules.Explainer;
import io.fusewire.rules.Silencer;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Backlog;
import io.fusewire.store.DeadLetters;
import io.fusewire.store.EventPages;
import io.fusewire.store.IncidentHistory;
import io.fusewire.store.Silences;
import io.fusewire.store.Store;
import io.fusewire.validate.Suggestions;
import java.util.Map;
import org.apache.camel.CamelContext;

/** What the routes of the admin API call. */
record AdminParts(
        CamelContext camel,
        Store store,
        ActiveSilences active,
        Meters meters,
        EventReader reader,
        Explainer explainer,
        SinkRegistry sinks,
        Backlog backlog) {
    Map<String, Object> byName() {
        Silences silences = new Silences(store, active);
        IncidentHistory incidents = new IncidentHistory(store, meters::changed);
        return Map.of(
                "fusewire-explainer",
                explainer,
                "fusewire-dead-letters",
                new DeadLetters(store),
                "fusewire-event-pages",
                new EventPages(store, reader),
                "fusewire-incident-history",
                incidents,
                "fusewire-silences",
                silences,
                "fusewire-require-known-sink",
                new RequireKnownSink(sinks, backlog, Suggestions::near),
                "fusewire-silencer",
                new Silencer(camel, silences, incidents, Suggestions::near));
    }
}
