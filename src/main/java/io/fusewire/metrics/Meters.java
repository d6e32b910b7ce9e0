package io.fusewire.metrics;

import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Decision;
import io.fusewire.store.Decision.IncidentChange;
import io.fusewire.store.Delivery;
import io.fusewire.store.Inbox.StoredEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Counts answers, alerts and deliveries as they happen. Thread-safe. */
public final class Meters {
    private record Answer(String source, String outcome) {}

    /** What later messages tell happened since; how long an event took says the first one alone. */
    private static final String OPENED = "opened";

    private static final String UNPROVEN = "unproven";

    /** Answers that are no refusals. */
    private static final Set<String> TAKEN = Set.of("accepted", "duplicate");

    private final MeterRegistry registry;
    private final Gauges gauges;
    private final Timer answering;
    private final Map<String, AtomicLong> lastEvents = new ConcurrentHashMap<>();
    /** Sources and outcomes are our own words, so they are few. */
    private final Map<Answer, Counter> answers = new ConcurrentHashMap<>();

    private final Map<String, Instant> delivered = new ConcurrentHashMap<>();
    private final RefusalLog refused = new RefusalLog();
    private final SuppressionLog suppressed = new SuppressionLog();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.gauges = new Gauges(registry);
        this.answering = Timer.builder("fusewire.request.duration")
                .description("From a request's arrival at the route to its answer")
                .register(registry);
    }

    /** Once per answer to a webhook: counts it by the exchange's property {@code source} and outcome, and times it. */
    public void answered(Exchange exchange, String outcome) {
        String source = exchange.getProperty("source", UNPROVEN, String.class);
        answers.computeIfAbsent(new Answer(source, outcome), this::counter).increment();
        if (!TAKEN.contains(outcome)) {
            refused.answered("A webhook was refused, source " + source, outcome, exchange);
        }
        answering.record(exchange.getClock().elapsed(), TimeUnit.MILLISECONDS);
    }

    /** Once per request that the webhooks' HTTP server refused before it reached a route. */
    public void refused(String outcome) {
        answers.computeIfAbsent(new Answer(UNPROVEN, outcome), this::counter).increment();
        refused.answered("A webhook was refused", outcome, null);
    }

    /** Once per request that the management port refused before it reached a route; no webhook, so it counts apart. */
    public void refusedByManagement(String outcome) {
        count("fusewire.management.refused", "What the management port refused", Tags.of("outcome", outcome), 1);
        refused.answered("A request to the management port was refused", outcome, null);
    }

    /** Tells the log what was refused and what nobody is told of; to be called about once a second. */
    public void tell() {
        refused.tell();
        suppressed.tell();
    }

    /** How many webhooks were refused since the process began, by outcome. */
    public Map<String, Long> refused() {
        Map<String, Long> counts = new TreeMap<>();
        answers.forEach((answer, counter) -> counts.merge(answer.outcome, (long) counter.count(), Long::sum));
        counts.keySet().removeAll(TAKEN);
        return counts;
    }

    private Counter counter(Answer answer) {
        Tags tags = Tags.of("source", answer.source, "outcome", answer.outcome);
        return counter("fusewire.requests", "Webhook requests by answer", tags);
    }

    /** Once per event, after its decision is committed. */
    public void decided(Decision decision) {
        decision.addressed().forEach(alert -> {
            String held = alert.suppressed();
            Tags tags = Tags.of("rule", alert.rule(), "severity", alert.severity(), "sink", alert.sink())
                    .and(
                            "outcome",
                            held == null ? "queued" : ActiveSilences.isReason(held) ? "silenced" : "suppressed");
            count("fusewire.alerts", "Alerts that rules raised, by sink", tags, 1);
        });
        if (decision.alerts().stream().anyMatch(alert -> alert.suppressed() != null)) {
            suppressed.decided(decision);
        }
        if (decision.brokenRule() != null) {
            Tags rule = Tags.of("rule", decision.brokenRule());
            count("fusewire.rule.failures", "Events that a rule could not read", rule, 1);
        }
        StoredEvent event = decision.claimed().event();
        lastEvent(event.source()).accumulateAndGet(event.receivedAt().toEpochMilli(), Math::max);
    }

    /** Once per incident that a commit touched, after it. */
    public void changed(IncidentChange change) {
        Tags rule = Tags.of("rule", change.rule());
        count("fusewire.incidents.opened", "Incidents that opened", rule, change.opened() ? 1 : 0);
        if (change.closed() != null) {
            count("fusewire.incidents.closed", "Incidents that closed, by why", rule.and("reason", change.closed()), 1);
        }
        long in = change.alerts() - change.late();
        alerts(rule.and("outcome", change.folded() ? "folded" : "joined"), in);
        alerts(rule.and("outcome", "late"), change.late());
        if (change.held() != null || change.folded() || change.late() > 0) {
            suppressed.changed(change, in);
        }
    }

    private void alerts(Tags tags, long count) {
        if (count > 0) {
            count("fusewire.incident.alerts", "Alerts that joined incidents", tags, count);
        }
    }

    /**
     * Once per attempt from the store.
     *
     * @param kind what it tells of an incident; null for a message of its own
     * @param redeliveries quick ones that Camel made within it
     * @param took from the claim to the outcome
     */
    public void attempted(Delivery delivery, String kind, String outcome, int redeliveries, Duration took) {
        Tags sink = Tags.of("sink", delivery.sink());
        Tags ended = sink.and("outcome", outcome.toLowerCase(Locale.ROOT));
        count("fusewire.deliveries", "Attempts from the store, by what became of them", ended, 1);
        if (outcome.equals("DELIVERED")) {
            delivered.put(delivery.sink(), delivery.claimedAt().plus(took));
        }
        int again = redeliveries + (delivery.attempts() > 0 ? 1 : 0);
        count("fusewire.redeliveries", "Attempts after a first one failed", sink, again);
        // In the dev profile: nothing was sent, and all else is as if it were.
        boolean delivered = outcome.equals("DELIVERED") || outcome.equals("PRINTED");
        if (delivered && kind != null) {
            count("fusewire.incident.messages", "What sinks were told of incidents", sink.and("kind", kind), 1);
        }
        if (delivered && (kind == null || kind.equals(OPENED))) {
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

    /** When a sink took something last, since the process began; empty where it has not. */
    public Optional<Instant> lastDelivery(String sink) {
        return Optional.ofNullable(delivered.get(sink));
    }

    private AtomicLong lastEvent(String source) {
        return lastEvents.computeIfAbsent(source, any -> {
            AtomicLong last = new AtomicLong();
            Tags tags = Tags.of("source", source);
            Supplier<Number> time = () -> last.get() / 1_000.0;
            gauges.seconds("fusewire.source.last.event.timestamp", "When a source's last event came", tags, time);
            return last;
        });
    }

    private void count(String name, String description, Tags tags, double by) {
        counter(name, description, tags).increment(by);
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
