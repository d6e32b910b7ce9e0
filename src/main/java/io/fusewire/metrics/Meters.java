package io.fusewire.metrics;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Backlog;
import io.fusewire.store.Delivery;
import io.fusewire.store.Destinations;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.PendingEvents.Decision;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Counts answers, alerts and deliveries as they happen, and shows what waits. Thread-safe. */
public final class Meters {
    private record Answer(String source, String outcome) {}

    private final MeterRegistry registry;
    private final Timer answering;
    private final Map<String, AtomicLong> lastEvents = new ConcurrentHashMap<>();
    /** Sources and outcomes are our own words, so they are few. */
    private final Map<Answer, Counter> answers = new ConcurrentHashMap<>();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.answering = Timer.builder("fusewire.request.duration")
                .description("From a request's arrival at the route to its answer")
                .register(registry);
    }

    /**
     * Once per answer to a webhook request: counts it by its source (the exchange's property {@code source}) and outcome, and
     * times it from the exchange's birth.
     */
    public void answered(Exchange exchange, String outcome) {
        String source = exchange.getProperty("source", "unproven", String.class);
        answers.computeIfAbsent(new Answer(source, outcome), this::counter).increment();
        answering.record(exchange.getClock().elapsed(), TimeUnit.MILLISECONDS);
    }

    /** Once per request that an HTTP server of ours refused before it reached a route. */
    public void refused(String outcome) {
        answers.computeIfAbsent(new Answer("unproven", outcome), this::counter).increment();
    }

    private Counter counter(Answer answer) {
        Tags tags = Tags.of("source", answer.source, "outcome", answer.outcome);
        return counter("fusewire.requests", "Webhook requests by answer", tags);
    }

    /** Once per event, after its decision is committed. */
    public void decided(Decision decision) {
        for (Decision.Addressed alert : decision.alerts()) {
            String why = alert.suppressed();
            Tags tags = Tags.of("rule", alert.rule(), "severity", alert.severity(), "sink", alert.sink())
                    .and("outcome", why == null ? "queued" : ActiveSilences.isReason(why) ? "silenced" : "suppressed");
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
        gauge("fusewire.poll.budget", "Requests a poll may still make within the minute", Tags.of("poll", poll), left);
    }

    /** @param lag in seconds; NaN where another gateway polls */
    public void watchFeed(String poll, String feed, Supplier<Number> lag) {
        Tags tags = Tags.of("poll", poll, "feed", feed);
        seconds("fusewire.poll.lag", "How far before now lies what the poll has stored to its last row", tags, lag);
    }

    private AtomicLong lastEvent(String source) {
        return lastEvents.computeIfAbsent(source, any -> {
            AtomicLong last = new AtomicLong();
            Tags tags = Tags.of("source", source);
            Supplier<Number> time = () -> last.get() / 1_000.0;
            seconds("fusewire.source.last.event.timestamp", "When a source's last event came", tags, time);
            return last;
        });
    }

    private void count(String name, String description, Tags tags, double by) {
        counter(name, description, tags).increment(by);
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    /** Gauges over the store, read when they are scraped; NaN while the store is away. */
    public void watch(Backlog backlog, Destinations destinations, ActiveSilences silences, Collection<String> sinks) {
        Tags none = Tags.empty();
        Supplier<Number> pending = () -> backlog.counts().events();
        gauge("fusewire.events.waiting", "Events whose rules have not run yet", none, pending);
        Supplier<Number> oldestEvent = () -> seconds(backlog.counts().oldestEvent());
        seconds("fusewire.events.waiting.age", "Age of the oldest pending event", none, oldestEvent);
        Supplier<Number> oldest = () -> seconds(backlog.counts().oldest());
        seconds("fusewire.deliveries.waiting.age", "Age of the oldest waiting delivery", none, oldest);
        gauge("fusewire.silences.active", "Silences in force", none, silences::count);
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

    private void gauge(String name, String description, Tags tags, Supplier<Number> number) {
        register(name, description, null, tags, number);
    }

    private void seconds(String name, String description, Tags tags, Supplier<Number> number) {
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
