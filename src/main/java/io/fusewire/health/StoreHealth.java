package io.fusewire.health;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.Backlog;
import io.fusewire.store.Deliveries.Destinations;
import io.fusewire.store.Inbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Readiness: down while the gateway starts or stops, while the store takes no events, or too much waits in it. What waits,
 * what is dead and which addresses rest is told as details and doesn't make us unready, because a gateway that takes no
 * events loses them. Thread-safe.
 */
public final class StoreHealth extends AbstractHealthCheck {
    private static final Duration LONGEST_FULL = Duration.ofSeconds(10);

    private final BooleanSupplier open;
    private final Supplier<Duration> full;
    private final InstantSource clock;
    private final AtomicReference<Instant> downSince = new AtomicReference<>();
    private final Inbox inbox;
    private final Backlog backlog;
    private final Destinations destinations;

    /**
     * @param open whether requests reach the routes, so that whoever is told that we are ready is let in
     * @param full for how long requests have been turned away because too much is in flight
     */
    public StoreHealth(
            BooleanSupplier open,
            Supplier<Duration> full,
            InstantSource clock,
            Inbox inbox,
            Backlog backlog,
            Destinations destinations) {
        super("fusewire", "fusewire-store");
        this.open = open;
        this.full = full;
        this.clock = clock;
        this.inbox = inbox;
        this.backlog = backlog;
        this.destinations = destinations;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        if (!open.getAsBoolean()) {
            down(result, "The gateway starts or stops");
            return;
        }
        try {
            Backlog.Counts counts = backlog.counts();
            result.detail("events.waiting", counts.events());
            counts.waiting().forEach((sink, count) -> result.detail("deliveries.waiting." + sink, count));
            counts.dead().forEach((sink, count) -> result.detail("dead.letters." + sink, count));
            destinations
                    .held()
                    .forEach(held -> result.detail(name(held), "until " + held.until() + ": " + held.reason()));
            inbox.check();
            if (backlog.isFull()) {
                down(result, "The backlog is at its limit");
            } else if (full.get().compareTo(LONGEST_FULL) > 0) {
                down(result, "Too much is in flight");
            } else {
                downSince.set(null);
                result.up();
            }
        } catch (StoreUnavailableException e) {
            down(result, "The store is away");
        }
    }

    private void down(HealthCheckResultBuilder result, String why) {
        downSince.compareAndSet(null, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        result.down().message(why + ", not ready since " + downSince.get() + ".");
    }

    private static String name(Destinations.Held held) {
        return (held.resting() ? "resting." : "held.") + held.sink() + "." + held.destination();
    }
}
