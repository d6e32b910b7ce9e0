package io.fusewire.rules;

import io.fusewire.component.FailureReason;
import io.fusewire.error.FatalErrors;
import io.fusewire.rules.EventsEndpoint.EventsConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/**
 * Takes events through the routes whose steps Camel's engine must take, on a thread of their own. What hangs there costs its
 * route's alerts for that event, and leaves its thread behind. One caller at a time.
 */
final class RoutedRules {
    private static final String NAME = "fusewire-rules-steps";
    /** A thread that hangs can't be ended; more of them than this would take the machine from the others. */
    private static final int MOST_HUNG = 3;

    private record Hung(Future<?> task, long since) {}

    private final CamelContext camel;
    private final Duration limit;
    private final UnaryOperator<String> redact;
    private final List<Hung> hung = new ArrayList<>();
    private ExecutorService thread;

    /** @param limit how long a route may take with an event */
    RoutedRules(CamelContext camel, Duration limit, UnaryOperator<String> redact) {
        this.camel = camel;
        this.limit = limit;
        this.redact = redact;
    }

    /** What the route makes of the event is noted; or why it makes nothing of it. */
    void judge(EventsConsumer route, RuleEvaluation open) throws InterruptedException {
        open.enters(route.getRouteId(), Set.of());
        if (isFull()) {
            open.broken(route.getRouteId(), MOST_HUNG + " of its threads hang");
            return;
        }
        if (thread == null) {
            thread = camel.getExecutorServiceManager().newSingleThreadExecutor(this, NAME);
        }
        RuleEvaluation apart = open.apart();
        Future<?> task = thread.submit(() -> route.judge(apart));
        try {
            task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            open.add(apart);
        } catch (TimeoutException e) {
            open.broken(route.getRouteId(), "it took longer than " + limit.toMillis() + " ms");
            abandon(task);
        } catch (ExecutionException e) {
            open.broken(route.getRouteId(), FailureReason.of(e.getCause(), redact));
        }
    }

    /** On the calling thread. */
    static void throughTheEngine(EventsConsumer route, RuleEvaluation open) {
        Exchange exchange = route.createExchange(false);
        try {
            open.in(exchange);
            route.getProcessor().process(exchange);
        } catch (Throwable e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            FatalErrors.escalate(exchange.getException());
            open.broken(
                    route.getRouteId(),
                    FailureReason.of(
                            exchange.getException(), route.events().module().redact()));
        }
        route.releaseExchange(exchange, false);
    }

    private synchronized void abandon(Future<?> task) {
        hung.add(new Hung(task, System.nanoTime()));
        stop();
    }

    private synchronized boolean isFull() {
        hung.removeIf(one -> one.task.isDone());
        return hung.size() >= MOST_HUNG;
    }

    /** How long the threads hang that are too many. */
    synchronized Map<String, Duration> supervise() {
        return isFull() ? Map.of(NAME, Duration.ofNanos(System.nanoTime() - hung.get(0).since)) : Map.of();
    }

    void stop() {
        if (thread != null) {
            camel.getExecutorServiceManager().shutdownNow(thread);
            thread = null;
        }
    }
}
