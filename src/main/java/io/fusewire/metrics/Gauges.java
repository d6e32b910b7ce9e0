package io.fusewire.metrics;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Backlog;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.Deliveries.Destinations;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Shows what is so when somebody asks: what waits, rests and lasts. NaN while the store is away. Thread-safe. */
public final class Gauges {
    private final MeterRegistry registry;

    public Gauges(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What the store holds. */
    public void watch(
            Backlog backlog,
            Destinations destinations,
            ActiveSilences silences,
            Collection<String> sinks,
            Collection<String> rules) {
        Tags none = Tags.empty();
        Supplier<Number> pending = () -> backlog.counts().events();
        gauge("fusewire.events.waiting", "Events whose rules have not run yet", none, pending);
        Supplier<Number> oldestEvent = () -> seconds(backlog.counts().oldestEvent());
        seconds("fusewire.events.waiting.age", "Age of the oldest pending event", none, oldestEvent);
        Supplier<Number> oldest = () -> seconds(backlog.counts().oldest());
        seconds(
                "fusewire.deliveries.waiting.age",
                "How long the delivery that waits longest has waited since it was due first",
                none,
                oldest);
        gauge("fusewire.silences.active", "Silences in force", none, silences::count);
        for (String rule : rules) {
            for (String severity : AlertSpec.SEVERITIES) {
                Tags tags = Tags.of("rule", rule, "severity", severity);
                Supplier<Number> open = () -> backlog.counts().incidents().getOrDefault(List.of(rule, severity), 0L);
                gauge("fusewire.incidents.open", "Incidents that are open", tags, open);
            }
        }
        for (String sink : sinks) {
            Tags tags = Tags.of("sink", sink);
            Supplier<Number> waiting = () -> backlog.counts().waiting().getOrDefault(sink, 0L);
            gauge("fusewire.deliveries.waiting", "Deliveries that wait", tags, waiting);
            Supplier<Number> dead = () -> backlog.counts().dead().getOrDefault(sink, 0L);
            gauge("fusewire.dead.letters", "Dead letters that nobody has decided on", tags, dead);
            Supplier<Number> held = () -> count(destinations, sink, one -> !one.resting());
            gauge("fusewire.destinations.held", "Addresses that wait because the sink said so", tags, held);
            Supplier<Number> open = () -> count(destinations, sink, Destinations.Held::resting);
            gauge("fusewire.circuits.open", "Addresses that rest because attempts failed in a row", tags, open);
        }
    }

    private static long count(Destinations destinations, String sink, Predicate<Destinations.Held> which) {
        return destinations.held().stream()
                .filter(destination -> destination.sink().equals(sink) && which.test(destination))
                .count();
    }

    /** What the reconciliation can't account for, as of its last run. */
    public void watchBooks(Supplier<Number> difference) {
        String description = "Events and alerts that are unaccounted for; anything but 0 is a fault of ours";
        gauge("fusewire.reconciliation.difference", description, Tags.empty(), difference);
    }

    /** @param left how many more requests a poll may make within the minute */
    public void watchPoll(String poll, Supplier<Number> left) {
        gauge("fusewire.poll.budget", "Requests a poll may still make within the minute", Tags.of("poll", poll), left);
    }

    /** @param lag in seconds; NaN where another gateway polls */
    public void watchFeed(String poll, String feed, Supplier<Number> lag) {
        Tags tags = Tags.of("poll", poll, "feed", feed);
        seconds("fusewire.poll.lag", "How far before now lies what the poll has stored to its last row", tags, lag);
    }

    private void gauge(String name, String description, Tags tags, Supplier<Number> number) {
        register(name, description, null, tags, number);
    }

    void seconds(String name, String description, Tags tags, Supplier<Number> number) {
        register(name, description, "seconds", tags, number);
    }

    private void register(String name, String description, String unit, Tags tags, Supplier<Number> number) {
        Gauge.builder(name, () -> read(number))
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private static double read(Supplier<Number> number) {
        try {
            return number.get().doubleValue();
        } catch (StoreUnavailableException e) {
            return Double.NaN;
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
