package io.fusewire.metrics;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.Backlog;
import io.fusewire.store.Delivery;
import io.fusewire.store.Destinations;
import io.fusewire.store.PendingEvents.Decision;
import io.fusewire.store.StoredEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Counts alerts and deliveries as they happen, and shows what waits. Thread-safe. */
public final class Meters {
    private final MeterRegistry registry;
    private final Map<String, AtomicLong> lastEvents = new ConcurrentHashMap<>();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Once per event, after its decision is committed. */
    public void decided(Decision decision) {
        for (Decision.Addressed alert : decision.alerts()) {
            Tags tags = Tags.of("rule", alert.rule(), "severity", alert.severity(), "sink", alert.sink())
                    .and("outcome", alert.suppressed() == null ? "queued" : "suppressed");
            count("fusewire.alerts", "Alerts that rules raised, by sink", tags, 1);
        }
        if (decision.brokenRule() != null) {
            Tags rule = Tags.of("rule", decision.brokenRule());
            count("fusewire.rule.failures", "Events that a rule could not read", rule, 1);
        }
        StoredEvent event = decision.claimed().event();
        lastEvent(event.source()).accumulateAndGet(event.receivedAt().toEpochMilli(), Math::max);
    }

    /**
     * Once per attempt from the store.
     *
     * @param redeliveries quick ones that Camel made within it
     * @param took from the claim to the outcome
     */
    public void attempted(Delivery delivery, String outcome, int redeliveries, Duration took) {
        Tags sink = Tags.of("sink", delivery.sink());
        Tags ended = sink.and("outcome", outcome.toLowerCase(Locale.ROOT));
        count("fusewire.deliveries", "Attempts from the store, by what became of them", ended, 1);
        int again = redeliveries + (delivery.attempts() > 0 ? 1 : 0);
        count("fusewire.redeliveries", "Attempts after a first one failed", sink, again);
        if (outcome.equals("DELIVERED")) {
            Timer.builder("fusewire.delivery.latency")
                    .description("From an event's arrival to its delivery")
                    .tags(sink)
                    .register(registry)
                    .record(Duration.between(delivery.event().receivedAt(), delivery.claimedAt())
                            .plus(took));
        }
    }

    /** Once per question that a poll put. */
    public void asked(String poll, String outcome) {
        Tags tags = Tags.of("poll", poll, "outcome", outcome);
        count("fusewire.poll.requests", "Questions put to Langfuse's API, by what became of them", tags, 1);
    }

    /** @param left how many more requests a poll may make within the minute */
    public void watchPoll(String poll, Supplier<Number> left) {
        gauge(
                "fusewire.poll.budget",
                "Requests that the poll may still make within the minute",
                null,
                Tags.of("poll", poll),
                left);
    }

    /** @param lag in seconds; NaN where another gateway polls */
    public void watchFeed(String poll, String feed, Supplier<Number> lag) {
        gauge(
                "fusewire.poll.lag",
                "How far before now lies what the poll has stored to its last row",
                "seconds",
                Tags.of("poll", poll, "feed", feed),
                lag);
    }

    private AtomicLong lastEvent(String source) {
        return lastEvents.computeIfAbsent(source, any -> {
            AtomicLong last = new AtomicLong();
            gauge(
                    "fusewire.source.last.event.timestamp",
                    "When a source's last event came",
                    "seconds",
                    Tags.of("source", source),
                    () -> last.get() / 1_000.0);
            return last;
        });
    }

    private void count(String name, String description, Tags tags, double by) {
        Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .increment(by);
    }

    /** Gauges over the store, read when they are scraped; NaN while the store is away. */
    public void watch(Backlog backlog, Destinations destinations, Collection<String> sinks) {
        gauge(
                "fusewire.events.waiting",
                "Events whose rules have not run yet",
                null,
                Tags.empty(),
                () -> backlog.counts().events());
        gauge(
                "fusewire.events.waiting.age",
                "Age of the oldest pending event",
                "seconds",
                Tags.empty(),
                () -> seconds(backlog.counts().oldestEvent()));
        gauge(
                "fusewire.deliveries.waiting.age",
                "Age of the oldest waiting delivery",
                "seconds",
                Tags.empty(),
                () -> seconds(backlog.counts().oldest()));
        for (String sink : sinks) {
            Tags tags = Tags.of("sink", sink);
            gauge("fusewire.deliveries.waiting", "Deliveries that wait", null, tags, () -> backlog.counts()
                    .waiting()
                    .getOrDefault(sink, 0L));
            gauge("fusewire.dead.letters", "Dead letters that nobody has decided on", null, tags, () -> backlog.counts()
                    .dead()
                    .getOrDefault(sink, 0L));
            gauge(
                    "fusewire.destinations.held",
                    "Addresses that wait because the sink said so",
                    null,
                    tags,
                    () -> count(destinations, sink, held -> !held.resting()));
            gauge(
                    "fusewire.circuits.open",
                    "Addresses that rest because attempts failed in a row",
                    null,
                    tags,
                    () -> count(destinations, sink, Destinations.Held::resting));
        }
    }

    private static long count(Destinations destinations, String sink, Predicate<Destinations.Held> which) {
        return destinations.held().stream()
                .filter(destination -> destination.sink().equals(sink))
                .filter(which)
                .count();
    }

    /** What the reconciliation can't account for, as of its last run. */
    public void watchBooks(Supplier<Number> difference) {
        gauge(
                "fusewire.reconciliation.difference",
                "Events and alerts that are unaccounted for; anything but 0 is a fault of ours",
                null,
                Tags.empty(),
                difference);
    }

    private void gauge(String name, String description, String unit, Tags tags, Supplier<Number> number) {
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
