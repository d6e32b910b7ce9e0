package io.fusewire.check;

import io.fusewire.store.Backlog;
import io.fusewire.store.Deliveries;
import io.fusewire.store.StoreUnavailable;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Readiness: down while the store can't be read. What waits, what is dead and which addresses rest is told as details
 * and doesn't make us unready, because a gateway that takes no events loses them. Thread-safe.
 */
public final class StoreHealth extends AbstractHealthCheck {
    private final Backlog backlog;
    private final Deliveries deliveries;

    public StoreHealth(Backlog backlog, Deliveries deliveries) {
        super("fusewire", "fusewire-store");
        this.backlog = backlog;
        this.deliveries = deliveries;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        try {
            Backlog.Counts counts = backlog.counts();
            result.detail("events.waiting", counts.events());
            counts.waiting().forEach((sink, count) -> result.detail("deliveries.waiting." + sink, count));
            counts.dead().forEach((sink, count) -> result.detail("dead.letters." + sink, count));
            deliveries
                    .held()
                    .forEach(lane -> result.detail(
                            "held." + lane.sink() + "." + lane.lane(), "until " + lane.until() + ": " + lane.reason()));
            result.up();
        } catch (StoreUnavailable e) {
            result.down().message("The store can't be read.");
        }
    }
}
