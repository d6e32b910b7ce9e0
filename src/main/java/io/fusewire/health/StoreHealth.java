package io.fusewire.health;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.Backlog;
import io.fusewire.store.Destinations;
import io.fusewire.store.Inbox;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Readiness: down while the gateway starts or stops, while the store takes no events, or too much waits in it. What waits,
 * what is dead and which addresses rest is told as details and doesn't make us unready, because a gateway that takes no
 * events loses them. Thread-safe.
 */
public final class StoreHealth extends AbstractHealthCheck {
    private final BooleanSupplier open;
    private final Inbox inbox;
    private final Backlog backlog;
    private final Destinations destinations;

    /** @param open whether requests reach the routes, so that whoever is told that we are ready is let in */
    public StoreHealth(BooleanSupplier open, Inbox inbox, Backlog backlog, Destinations destinations) {
        super("fusewire", "fusewire-store");
        this.open = open;
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
            result.down().message("The gateway starts or stops.");
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
                result.down().message("The backlog is at its limit.");
            } else {
                result.up();
            }
        } catch (StoreUnavailableException e) {
            result.down().message("The store is away.");
        }
    }

    private static String name(Destinations.Held held) {
        return (held.resting() ? "resting." : "held.") + held.sink() + "." + held.destination();
    }
}
