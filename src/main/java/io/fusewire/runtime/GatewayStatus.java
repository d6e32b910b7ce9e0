package io.fusewire.runtime;

import io.fusewire.delivery.SinkRegistry;
import io.fusewire.delivery.SinkSetting;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.metrics.Meters;
import io.fusewire.poll.client.Poll;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Backlog;
import io.fusewire.store.Deliveries.Destinations;
import io.fusewire.store.Deliveries.Destinations.Held;
import io.fusewire.store.EventHistory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.health.HealthCheck;

/** How a gateway does, with the names of the admin API. What the store holds is left out while it is away. Thread-safe. */
public final class GatewayStatus {
    /** Among so many of the newest events a source's last one is looked for. */
    private static final int NEWEST = 10_000;

    private final Setup setup;
    private final Stored stored;
    private final SinkRegistry sinks;
    private final List<Poll> polls;
    private final HealthChecks health;
    private final Meters meters;

    /** What is read from the store. */
    record Stored(Backlog backlog, Destinations destinations, ActiveSilences silences, EventHistory events) {}

    GatewayStatus(
            Setup setup, Stored stored, SinkRegistry sinks, List<Poll> polls, HealthChecks health, Meters meters) {
        this.setup = setup;
        this.stored = stored;
        this.sinks = sinks;
        this.polls = polls;
        this.health = health;
        this.meters = meters;
    }

    /** As of now, in the order in which somebody in a hurry reads it. */
    public Map<String, Object> get() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("version", setup.version());
        told.put("since", setup.since().truncatedTo(ChronoUnit.SECONDS).toString());
        told.put("health", health());
        told.put("config", setup.folder().toString());
        told.put("store", setup.store());
        told.put("webhooks", setup.webhooks());
        told.put("management", setup.management());
        told.put("refused", meters.refused());
        Backlog.Counts counts = null;
        Map<String, Instant> last = Map.of();
        List<Held> held = List.of();
        try {
            counts = stored.backlog.counts();
            told.put("backlog", backlog(counts));
            told.put("incidents", incidents(counts));
            told.put("silences", stored.silences.count());
            last = stored.events.lastBySource(NEWEST);
            held = stored.destinations.held();
        } catch (StoreUnavailableException e) {
            told.put("unavailable", "The store does not answer, so what it holds is not shown.");
        }
        told.put("sources", sources(last));
        told.put("sinks", sinks(counts, held));
        told.put("polls", polls());
        return told;
    }

    private Map<String, Object> health() {
        Map<String, Object> told = new LinkedHashMap<>();
        List<String> reasons = new ArrayList<>();
        told.put("live", state(health.liveness(), reasons));
        told.put("ready", state(health.readiness(), reasons));
        told.put("reasons", reasons);
        return told;
    }

    private static String state(HealthCheck check, List<String> reasons) {
        HealthCheck.Result result = check.call();
        result.getMessage().ifPresent(reasons::add);
        return result.getState().name();
    }

    private static Map<String, Object> backlog(Backlog.Counts counts) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("events", counts.events());
        told.put("oldestEventSeconds", counts.oldestEvent().toSeconds());
        told.put("deliveries", counts.all() - counts.events());
        told.put("deliveriesNotDue", counts.later());
        told.put("oldestDeliverySeconds", counts.oldest().toSeconds());
        told.put(
                "deadLetters",
                counts.dead().values().stream().mapToLong(Long::longValue).sum());
        return told;
    }

    private static List<Map<String, Object>> incidents(Backlog.Counts counts) {
        List<Map<String, Object>> told = new ArrayList<>();
        counts.incidents().forEach((of, count) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("rule", of.get(0));
            one.put("severity", of.get(1));
            one.put("open", count);
            told.add(one);
        });
        return told;
    }

    private List<Map<String, Object>> sources(Map<String, Instant> last) {
        Set<String> names = new TreeSet<>(setup.sources());
        polls.forEach(poll -> names.add(poll.settings().source()));
        names.addAll(last.keySet());
        List<Map<String, Object>> told = new ArrayList<>();
        for (String name : names) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", name);
            put(one, "webhook", setup.sources().contains(name) ? Setup.path(name) : null);
            put(one, "last", last.get(name));
            told.add(one);
        }
        return told;
    }

    /** @param counts null while the store is away */
    private List<Map<String, Object>> sinks(Backlog.Counts counts, List<Held> held) {
        List<Map<String, Object>> told = new ArrayList<>();
        for (SinkSetting sink : sinks.settings()) {
            String name = sink.sink();
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", name);
            one.put("state", sink.state());
            one.put("why", sink.why());
            if (counts != null) {
                one.put("waiting", counts.waiting().getOrDefault(name, 0L));
                one.put("deadLetters", counts.dead().getOrDefault(name, 0L));
            }
            put(one, "lastDelivery", meters.lastDelivery(name).orElse(null));
            one.put(
                    "resting",
                    held.stream()
                            .filter(rests -> rests.sink().equals(name))
                            .map(GatewayStatus::resting)
                            .toList());
            told.add(one);
        }
        return told;
    }

    private static Map<String, Object> resting(Held held) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("destination", held.destination());
        put(told, "until", held.until());
        told.put("circuit", held.resting() ? "open" : "closed");
        told.put("reason", held.reason());
        return told;
    }

    private List<Map<String, Object>> polls() {
        List<Map<String, Object>> told = new ArrayList<>();
        for (Poll poll : polls) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", poll.settings().name());
            one.put("source", poll.settings().source());
            one.put("base", poll.settings().base().toString());
            put(one, "trouble", poll.trouble().orElse(null));
            Map<String, Long> lag = new LinkedHashMap<>();
            poll.settings().fetch().forEach(feed -> poll.lag(feed)
                    .ifPresent(behind -> lag.put(feed.word(), behind.toSeconds())));
            one.put("lagSeconds", lag);
            told.add(one);
        }
        return told;
    }

    private static void put(Map<String, Object> told, String name, Object value) {
        if (value != null) {
            told.put(name, (value instanceof Instant time ? time.truncatedTo(ChronoUnit.SECONDS) : value).toString());
        }
    }
}
