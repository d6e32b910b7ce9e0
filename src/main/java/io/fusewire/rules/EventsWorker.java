package io.fusewire.rules;

import io.fusewire.component.RouteModel;
import io.fusewire.component.Workers;
import io.fusewire.event.Event;
import io.fusewire.rules.EventsEndpoint.EventsConsumer;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import io.fusewire.store.StoredEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;

/**
 * The one thread on which all rules run, whichever routes they stand in. It works while all routes that it knows run: an
 * event that one of them missed would be decided without its rules. Thread-safe.
 */
final class EventsWorker {
    private final RecentEvents recent;
    private final Map<String, EventsConsumer> known = new HashMap<>();
    private volatile List<EventsConsumer> routes = List.of();
    private volatile Workers workers;
    private EventBatches batches;
    private boolean complete;

    EventsWorker(RecentEvents recent) {
        this.recent = recent;
    }

    /** All routes that start by themselves have started. */
    synchronized void complete() {
        complete = true;
        start();
    }

    synchronized void add(EventsConsumer route) {
        known.put(route.getRouteId(), route);
        CamelContext camel = route.getEndpoint().getCamelContext();
        routes = RouteModel.rules(camel).stream()
                .flatMap(one -> Optional.ofNullable(known.get(one.getRouteId())).stream())
                .toList();
        start();
    }

    private void start() {
        boolean working = workers != null && workers.running();
        if (!complete || working || routes.isEmpty() || !routes.stream().allMatch(EventsConsumer::isRunning)) {
            return;
        }
        if (workers != null) {
            workers.join();
        }
        EventsEndpoint events = routes.stream()
                .map(EventsConsumer::events)
                .filter(EventsEndpoint::hasOptions)
                .findFirst()
                .orElse(routes.get(0).events());
        workers = new Workers(events.getCamelContext(), recent.filled());
        batches = new EventBatches(events.module(), events, this::judge, workers);
        workers.add(this, "fusewire-events", events.getPollInterval(), recent.filled(), batches::next);
    }

    /** Takes nothing more; does not wait. */
    synchronized void pause() {
        if (workers != null) {
            workers.stop();
        }
    }

    synchronized void stop() {
        recent.close();
        if (workers != null) {
            workers.stop();
            workers.join();
            batches.giveBack();
        }
    }

    int busy() {
        return workers == null ? 0 : workers.busy();
    }

    /** What the rules make of an event that is not stored. Nobody is told. */
    RuleEvaluation tryOut(Event event, Instant now) {
        if (routes.isEmpty()) {
            throw new IllegalStateException("no route runs the rules: one must be from fusewire:events");
        }
        StoredEvent stored = new StoredEvent(0, event.key(), event.source(), now, event.body());
        RuleEvaluation open = new RuleEvaluation(new ClaimedEvent(stored, false, 0), event);
        judge(open);
        return open;
    }

    private void judge(RuleEvaluation open) {
        routes.forEach(route -> route.judge(open));
    }
}
