package io.fusewire.metrics;

import io.fusewire.store.Backlog;
import io.fusewire.store.Decision;
import io.fusewire.store.Deliveries;
import io.fusewire.store.Delivery;
import io.fusewire.store.StoreUnavailable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Supplier;

/** Counts alerts and deliveries as they happen, and shows what waits. Thread-safe. */
public final class Meters {
    private final MeterRegistry registry;
    private final InstantSource clock;

    public Meters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** Once per event, after its decision is committed. */
    public void decided(Decision decision) {
        for (Decision.Addressed alert : decision.alerts()) {
            registry.counter(
                            "fusewire.alerts",
                            "rule",
                            alert.rule(),
                            "severity",
                            alert.severity(),
                            "sink",
                            alert.sink(),
                            "outcome",
                            alert.suppressed() == null ? "queued" : "suppressed")
                    .increment();
        }
        if (decision.brokenRule() != null) {
            registry.counter("fusewire.rule.failures", "rule", decision.brokenRule())
                    .increment();
        }
    }

    /**
     * Once per attempt from the store.
     *
     * @param redeliveries quick ones that Camel made within it
     */
    public void attempted(Delivery delivery, String outcome, int redeliveries) {
        Tags sink = Tags.of("sink", delivery.sink());
        registry.counter("fusewire.deliveries", sink.and("outcome", outcome.toLowerCase(Locale.ROOT)))
                .increment();
        registry.counter("fusewire.redeliveries", sink).increment(redeliveries + (delivery.attempts() > 0 ? 1 : 0));
        if (outcome.equals("DELIVERED")) {
            registry.timer("fusewire.delivery.latency", sink)
                    .record(Duration.between(delivery.event().receivedAt(), clock.instant()));
        }
    }

    /** Gauges over the store, read when they are scraped; NaN while the store is away. */
    public void watch(Backlog backlog, Deliveries deliveries, Collection<String> sinks) {
        gauge(
                "fusewire.events.waiting",
                "Events whose rules have not run yet",
                null,
                Tags.empty(),
                () -> backlog.counts().events());
        gauge(
                "fusewire.events.waiting.age",
                "Age of the oldest event at the desk",
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
                    "fusewire.lanes.held",
                    "Addresses that wait because the sink said so",
                    null,
                    tags,
                    () -> deliveries.held().stream()
                            .filter(lane -> lane.sink().equals(sink))
                            .count());
        }
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
        } catch (StoreUnavailable e) {
            return Double.NaN;
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
