package io.fusewire.delivery;

import io.fusewire.component.FailureReason;
import io.fusewire.component.Steps.SendOnlyEndpoint;
import io.fusewire.error.UnexpectedResponseException;
import io.fusewire.event.Plural;
import io.fusewire.store.CircuitPolicy;
import io.fusewire.store.Deliveries;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.apache.camel.Component;
import org.apache.camel.Exchange;

/**
 * What a delivery policy decides of a failed delivery: {@code fusewire:try-later} (again from the store, after growing
 * waits), {@code fusewire:pause-destination} (its destination is held, no attempt is counted), {@code fusewire:dead-letter}.
 */
public final class OutcomeEndpoint extends SendOnlyEndpoint {
    private static final Duration LEAST_HOLD = Duration.ofSeconds(1);

    private final String verb;
    private final Deliveries deliveries;
    private final UnaryOperator<String> redact;
    private boolean refused;
    private Duration firstWait = Duration.ofSeconds(30);
    private Duration longestWait = Duration.ofHours(1);
    private Duration giveUpAfter = Duration.ofDays(1);
    private int circuitAfter = 5;
    private Duration circuitRest = Duration.ofSeconds(30);
    private Duration circuitLongestRest = Duration.ofMinutes(5);

    public OutcomeEndpoint(
            String uri, Component component, String verb, Deliveries deliveries, UnaryOperator<String> redact) {
        super(uri, component);
        this.verb = verb;
        this.deliveries = deliveries;
        this.redact = redact;
    }

    @Override
    protected void process(Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        decide(DeliveryAttempt.of(exchange), thrown);
    }

    private void decide(DeliveryAttempt attempt, Throwable thrown) {
        String reason = thrown == null ? "the route said so" : FailureReason.of(thrown, redact);
        switch (verb) {
            case "dead-letter" -> attempt.dead(reason);
            case "pause-destination" -> attempt.hold(reason, askedToHold(thrown), giveUpAfter);
            default -> later(
                    attempt, reason, asked(thrown, wait(attempt.delivery().attempts())));
        }
    }

    private void later(DeliveryAttempt attempt, String reason, Duration pause) {
        CircuitPolicy circuit = new CircuitPolicy(circuitAfter, circuitRest, circuitLongestRest, refused);
        if (refused && deliveries.isRefusedAlone(attempt.delivery(), circuit)) {
            String times = Plural.of(attempt.delivery().attempts() + 1, "time", "times");
            attempt.dead("refused " + times + ", while others arrive: " + reason);
        } else {
            attempt.later(reason, pause, giveUpAfter, circuit);
        }
    }

    /** What the sink asked for, at least ours and within reason: a sink that says "at once" isn't hammered. */
    private Duration asked(Throwable thrown, Duration ours) {
        if (thrown instanceof UnexpectedResponseException refused && refused.retryAfter() != null) {
            Duration longer = refused.retryAfter().compareTo(ours) < 0 ? ours : refused.retryAfter();
            return longer.compareTo(longestWait) < 0 ? longer : longestWait;
        }
        return ours;
    }

    /** A 429 knows best how long, but for the least pause that is polite. */
    private Duration askedToHold(Throwable thrown) {
        boolean asks = thrown instanceof UnexpectedResponseException refused && refused.retryAfter() != null;
        return asked(thrown, asks ? LEAST_HOLD : firstWait);
    }

    /** Doubles with each attempt that the store knows, up to the longest; a tenth more or less, so that herds part. */
    private Duration wait(int attempts) {
        double grown = firstWait.toMillis() * Math.pow(2, Math.min(attempts, 40));
        double jitter = 0.9 + 0.2 * ThreadLocalRandom.current().nextDouble();
        return Duration.ofMillis((long) Math.min(grown * jitter, longestWait.toMillis()));
    }

    /** The wait before the first attempt from the store; for a hold, where the sink asked for no wait. */
    public void setFirstWait(Duration firstWait) {
        this.firstWait = firstWait;
    }

    /** What waits grow up to, and the longest Retry-After that is believed. */
    public void setLongestWait(Duration longestWait) {
        this.longestWait = longestWait;
    }

    /** After how long a delivery becomes a dead letter. */
    public void setGiveUpAfter(Duration giveUpAfter) {
        this.giveUpAfter = giveUpAfter;
    }

    /**
     * Whether it may be the alert that is refused, and not the address; for {@code try-later}. Then an alert counts once for
     * {@code circuitAfter}, and is a dead letter when it was refused so often and others arrive meanwhile.
     */
    public void setRefused(boolean refused) {
        this.refused = refused;
    }

    /** After how many failures in a row the address rests; for {@code try-later}. */
    public void setCircuitAfter(int circuitAfter) {
        if (circuitAfter < 1) {
            throw new IllegalArgumentException("circuitAfter is " + circuitAfter + "; it must be 1 or more");
        }
        this.circuitAfter = circuitAfter;
    }

    /** The first rest; it doubles with each probe that fails. */
    public void setCircuitRest(Duration circuitRest) {
        this.circuitRest = circuitRest;
    }

    /** What rests grow up to. */
    public void setCircuitLongestRest(Duration circuitLongestRest) {
        this.circuitLongestRest = circuitLongestRest;
    }
}
