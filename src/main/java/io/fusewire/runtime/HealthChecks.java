package io.fusewire.runtime;

import io.fusewire.component.WorkerConsumer;
import io.fusewire.health.HousekeepingPolicy;
import io.fusewire.health.LivenessCheck;
import io.fusewire.health.PollHealth;
import io.fusewire.health.StoreHealth;
import io.fusewire.poll.client.Poll;
import io.fusewire.store.Store;
import io.fusewire.webhook.EventLoops;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;

/** What a gateway says of itself on the management port, and the thread that watches the others. Thread-safe. */
public final class HealthChecks implements AutoCloseable {
    /** A commit takes milliseconds, and its patience is over after two seconds. */
    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(20);

    private final CamelContext camel;
    private final StoreHealth store;
    private final PollHealth polls;
    private final LivenessCheck parts;
    private ScheduledExecutorService watch;

    HealthChecks(
            CamelContext camel,
            InstantSource clock,
            StoreHealth readiness,
            List<Poll> polls,
            Store store,
            HousekeepingPolicy housekeeping) {
        this.camel = camel;
        this.store = readiness;
        this.polls = new PollHealth(polls);
        EventLoops loops = new EventLoops(camel, System::nanoTime);
        this.parts = new LivenessCheck(
                List.of(
                        () -> WorkerConsumer.supervise(camel),
                        () -> writer(store.still()),
                        loops::still,
                        housekeeping::still),
                clock,
                System::nanoTime);
    }

    private static Map<String, Duration> writer(Duration still) {
        return still.compareTo(LONGEST_COMMIT) > 0 ? Map.of("fusewire-store", still) : Map.of();
    }

    /** Whether the gateway takes events: its store is there, and its backlog below the limit. */
    public boolean isReady() {
        return store.call().getState() == HealthCheck.State.UP;
    }

    HealthCheck readiness() {
        return store;
    }

    /** Whether all that should turn does. */
    HealthCheck liveness() {
        return parts;
    }

    public List<HealthCheck> all() {
        return List.of(store, polls, parts);
    }

    /**
     * Once the routes run.
     *
     * @param also what else is to be done every second; throws nothing
     */
    synchronized void watch(Runnable also) {
        watch = camel.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "fusewire-watch");
        long every = LivenessCheck.EVERY.toMillis();
        watch.scheduleWithFixedDelay(parts::watch, every, every, TimeUnit.MILLISECONDS);
        watch.scheduleWithFixedDelay(also, every, every, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            camel.getExecutorServiceManager().shutdownNow(watch);
        }
    }
}
