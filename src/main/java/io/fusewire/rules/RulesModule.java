package io.fusewire.rules;

import io.fusewire.component.FusewireComponent;
import io.fusewire.delivery.SinkRegistry;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.PendingEvents;
import io.fusewire.store.PendingEvents.Decision;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What the rules stand on, and the words of their routes. Thread-safe.
 *
 * @param decided hears of each decision once it is committed, on the rules' thread
 * @param redact takes every configured secret out of a text
 * @param worker the one that all rules share
 */
public record RulesModule(
        RecentEvents recent,
        PendingEvents pending,
        EventReader reader,
        SinkRegistry sinks,
        ActiveSilences silences,
        Consumer<Decision> decided,
        UnaryOperator<String> redact,
        EventsWorker worker) {
    public RulesModule(
            RecentEvents recent,
            PendingEvents pending,
            EventReader reader,
            SinkRegistry sinks,
            ActiveSilences silences,
            Consumer<Decision> decided,
            UnaryOperator<String> redact) {
        this(recent, pending, reader, sinks, silences, decided, redact, new EventsWorker(recent));
    }

    /** Gives the component the rules' words. */
    public void register(FusewireComponent component) {
        component.register("events", (uri, owner, none, parameters) -> new EventsEndpoint(uri, owner, this));
        component.register("alert/<rule>", (uri, owner, rule, parameters) -> new RaiseAlertEndpoint(uri, owner, rule));
    }

    /** What the rules make of an event that is not stored. Nobody is told. */
    RuleEvaluation tryOut(Event event) throws UnreadableEventException {
        return worker.tryOut(event, Instant.now());
    }

    /** Begins to take events: all routes have started, so no event misses the rules of one. */
    public void start() {
        worker.complete();
    }
}
