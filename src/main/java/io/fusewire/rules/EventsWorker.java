package io.fusewire.rules;

import io.fusewire.component.RouteModel;
import io.fusewire.component.Workers;
import io.fusewire.component.Workers.Signal;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.rules.EventsEndpoint.EventsConsumer;
import io.fusewire.store.OwnLog;
import io.fusewire.store.PendingEvents;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;

/**
 * The one thread on which all rules run, whichever routes they stand in. It works while all routes that it knows run: an
 * event that one of them missed would be decided without its rules. Thread-safe.
 */
final class EventsWorker {
    private final OwnLog.Recent recent;
    private final Signal filled = new Signal();
    private final Map<String, EventsConsumer> known = new HashMap<>();
    private volatile List<EventsConsumer> routes = List.of();
    private volatile Workers workers;
    private volatile RoutedRules routed;
    private final Map<Long, String> hungIn = new ConcurrentHashMap<>();
    private volatile RuleEvaluation judged;
    private volatile EventsEndpoint events;
    private volatile EventBatches batches;
    private boolean complete;

    EventsWorker(PendingEvents pending) {
        this.recent = pending.ownLog().recent();
    }

    /** An event is in the store. */
    void announce() {
        filled.raise();
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
        events = routes.stream()
                .map(EventsConsumer::events)
                .filter(endpoint -> RouteModel.hasOptions(endpoint.getEndpointUri()))
                .findFirst()
                .orElse(routes.get(0).events());
        Duration limit = events.getTimeLimit();
        routed =
                new RoutedRules(events.getCamelContext(), limit, events.module().redact());
        workers = new Workers(events.getCamelContext(), filled);
        batches = begun();
        // What waits for steps on another thread gives up by itself, and is not to be taken for hanging.
        Duration longest =
                routes.stream().anyMatch(route -> route.events().isAnySteps()) ? limit.multipliedBy(2) : limit;
        workers.add(this, "fusewire-events", events.getPollInterval(), longest, filled, new Turn());
    }

    private EventBatches begun() {
        return new EventBatches(events.module(), events, this::judge, workers);
    }

    /** Takes nothing more; does not wait. */
    synchronized void pause() {
        if (workers != null) {
            workers.stop();
        }
    }

    synchronized void stop() {
        recent.open(false);
        if (workers != null) {
            workers.stop();
            workers.join();
            routed.stop();
            batches.giveUp();
        }
    }

    Map<String, Duration> supervise() {
        Workers supervised = workers;
        if (supervised == null) {
            return Map.of();
        }
        Map<String, Duration> still = new HashMap<>(routed.supervise());
        still.putAll(supervised.supervise());
        return still;
    }

    int busy() {
        return workers == null ? 0 : workers.busy();
    }

    /**
     * What the rules make of an event. Nobody is told.
     *
     * @throws UnreadableEventException when a rule takes too long with it
     */
    RuleEvaluation tryOut(ClaimedEvent claimed, Event event) throws UnreadableEventException {
        if (routes.isEmpty()) {
            throw new IllegalStateException("no route runs the rules: one must be from fusewire:events");
        }
        RuleEvaluation open = new RuleEvaluation(claimed, event);
        FutureTask<RuleEvaluation> trial = new FutureTask<>(() -> routes.forEach(route -> route.judge(open)), open);
        Thread thread = new Thread(trial, "fusewire-trial");
        thread.setDaemon(true);
        thread.start();
        Duration limit = (events == null ? routes.get(0).events() : events).getTimeLimit();
        try {
            return trial.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            trial.cancel(true);
            throw new UnreadableEventException(open.route() + " takes longer than " + limit.toMillis() + " ms with it");
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the rules could not be tried", e);
        }
    }

    private void judge(RuleEvaluation open) throws InterruptedException {
        Workers.turned();
        judged = open;
        judge(open, hungIn.isEmpty() ? null : hungIn.remove(open.id()));
        judged = judged == open ? null : judged;
    }

    private void judge(RuleEvaluation open, String hung) throws InterruptedException {
        for (EventsConsumer route : routes) {
            if (route.getRouteId().equals(hung)) {
                open.broken(hung, "it took longer than " + events.getTimeLimit().toMillis() + " ms");
            } else if (route.events().isAnySteps()) {
                routed.judge(route, open);
            } else {
                route.judge(open);
            }
        }
    }

    private final class Turn implements Workers.Turn {
        @Override
        public boolean take() throws InterruptedException {
            return batches.next();
        }

        /** A rule hangs. Its event comes again to the thread that takes over, without the rules of that route. */
        @Override
        public void hung() {
            batches = begun();
            RuleEvaluation open = judged;
            if (open != null) {
                hungIn.put(open.id(), open.route());
            }
        }
    }
}
