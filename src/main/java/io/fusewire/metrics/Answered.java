package io.fusewire.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;

/**
 * Counts an answer to a webhook request by its source (the exchange's property {@code source}) and outcome, and times it from the
 * exchange's birth. Thread-safe.
 */
public final class Answered {
    private record Answer(String source, String outcome) {}

    private final MeterRegistry registry;
    private final Timer duration;

    /** Sources and outcomes are our own words, so they are few. */
    private final Map<Answer, Counter> counters = new ConcurrentHashMap<>();

    public Answered(MeterRegistry registry) {
        this.registry = registry;
        this.duration = Timer.builder("fusewire.request.duration")
                .description("From a request's arrival at the route to its answer")
                .register(registry);
    }

    public void count(Exchange exchange, String outcome) {
        String source = exchange.getProperty("source", "unproven", String.class);
        counters.computeIfAbsent(new Answer(source, outcome), this::counter).increment();
        duration.record(exchange.getClock().elapsed(), TimeUnit.MILLISECONDS);
    }

    private Counter counter(Answer answer) {
        return Counter.builder("fusewire.requests")
                .description("Webhook requests by answer")
                .tag("source", answer.source)
                .tag("outcome", answer.outcome)
                .register(registry);
    }
}
