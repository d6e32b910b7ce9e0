package io.fusewire.webhook;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Whether the event loops of the HTTP servers turn, and the JDK's timer on which a commit's time runs out: each is given a
 * task, and asked later whether it has done it. Thread-safe.
 */
public final class EventLoops {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private record Task(long given, CompletableFuture<Void> done) {}

    private final CamelContext camel;
    private final LongSupplier nanos;
    private final Map<String, Task> tasks = new ConcurrentHashMap<>();

    /**
     * @param camel whose HTTP servers these are, found by their routers
     * @param nanos runs evenly, as {@link System#nanoTime()} does
     */
    public EventLoops(CamelContext camel, LongSupplier nanos) {
        this.camel = camel;
        this.nanos = nanos;
    }

    /** Gives the next tasks. Returns for how long those have not turned that are late with theirs, by name. */
    public Map<String, Duration> still() {
        Map<String, Duration> still = new TreeMap<>();
        int number = 0;
        for (EventExecutor loop : loops()) {
            ask("fusewire-event-loop-" + number++, loop, still);
        }
        ask("fusewire-timer", CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, Runnable::run), still);
        return still;
    }

    private Set<EventExecutor> loops() {
        Set<EventExecutor> loops = new LinkedHashSet<>();
        for (VertxPlatformHttpRouter router : camel.getRegistry().findByType(VertxPlatformHttpRouter.class)) {
            VertxInternal vertx = (VertxInternal) router.vertx();
            vertx.getEventLoopGroup().forEach(loops::add);
            vertx.getAcceptorEventLoopGroup().forEach(loops::add);
        }
        return loops;
    }

    private void ask(String name, Executor executor, Map<String, Duration> still) {
        Task task = tasks.computeIfAbsent(name, none -> give(executor));
        Duration waits = Duration.ofNanos(nanos.getAsLong() - task.given);
        if (task.done.isDone() && !task.done.isCompletedExceptionally()) {
            tasks.put(name, give(executor));
        } else if (waits.compareTo(LONGEST) > 0) {
            still.put(name, waits);
        }
    }

    private Task give(Executor executor) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            executor.execute(() -> done.complete(null));
        } catch (RejectedExecutionException e) {
            // Its thread has ended, and it never will be done.
            done.completeExceptionally(e);
        }
        return new Task(nanos.getAsLong(), done);
    }
}
