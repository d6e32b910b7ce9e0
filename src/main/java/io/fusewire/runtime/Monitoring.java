package io.fusewire.runtime;

import io.fusewire.component.RouteModel;
import io.fusewire.delivery.SinkRegistry;
import io.fusewire.health.HousekeepingPolicy;
import io.fusewire.health.ReconciliationCheck;
import io.fusewire.health.StoreHealth;
import io.fusewire.metrics.Gauges;
import io.fusewire.metrics.Meters;
import io.fusewire.poll.client.Poll;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Backlog;
import io.fusewire.store.Deliveries.Destinations;
import io.fusewire.store.EventHistory;
import io.fusewire.store.Inbox;
import io.fusewire.store.Reconciliation;
import io.fusewire.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a gateway tells of itself: at its start in the log, then by health, gauges and status. */
final class Monitoring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);

    private final CamelContext camel;
    private final Setup setup;
    private final Watched watched;
    private final Destinations destinations;
    private final Gauges gauges;
    private final HealthChecks health;
    private final Meters meters;
    private final GatewayStatus status;

    /** What it tells of. */
    record Watched(
            Store store, Inbox inbox, Backlog backlog, ActiveSilences silences, SinkRegistry sinks, List<Poll> polls) {}

    Monitoring(
            CamelContext camel,
            Clocks clocks,
            Assembly.Brought brought,
            Setup setup,
            Watched watched,
            Meters meters,
            HousekeepingPolicy housekeeping) {
        this.camel = camel;
        this.setup = setup;
        this.watched = watched;
        this.meters = meters;
        this.destinations = new Destinations(watched.store);
        this.gauges = new Gauges(brought.meters());
        StoreHealth readiness = new StoreHealth(
                brought.open(),
                brought.servers()::fullFor,
                clocks.wall(),
                watched.inbox,
                watched.backlog,
                destinations);
        this.health = new HealthChecks(camel, clocks.wall(), readiness, watched.polls, watched.store, housekeeping);
        GatewayStatus.Stored stored = new GatewayStatus.Stored(
                watched.backlog, destinations, watched.silences, new EventHistory(watched.store));
        this.status = new GatewayStatus(setup, stored, watched.sinks, watched.polls, health, meters);
    }

    HealthChecks health() {
        return health;
    }

    /** What routes, and the health registry, find by name. */
    Map<String, Object> byName() {
        Map<String, Object> parts = new LinkedHashMap<>();
        health.all().forEach(check -> parts.put(check.getId(), check));
        parts.put("fusewire-reconciliation", new ReconciliationCheck(new Reconciliation(watched.store), gauges));
        parts.put("fusewire-status", status);
        return parts;
    }

    /**
     * The routes run.
     *
     * @param log takes what the log says of that, and how
     */
    void started(BiConsumer<String, Consumer<String>> log) {
        Set<String> sinks = watched.sinks.queuedSinks();
        sinks.add("rules");
        Set<String> rules = RouteModel.ruleNames(camel);
        gauges.watch(watched.backlog, destinations, watched.silences, sinks, rules);
        watched.polls.forEach(poll -> ConfiguredPolls.watch(poll, gauges));
        health.watch(meters::tell);
        StartSummary.of(setup, watched.sinks.settings(), rules, watched.backlog, destinations)
                .forEach(line -> log.accept(line, line.equals(StartSummary.NOBODY) ? LOG::warn : LOG::info));
    }

    @Override
    public void close() {
        health.close();
    }
}
