package io.fusewire.delivery;

import io.fusewire.message.Alert;
import io.fusewire.store.CircuitPolicy;
import io.fusewire.store.Deliveries;
import io.fusewire.store.Delivery;
import io.fusewire.store.Delivery.Settlement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import org.apache.camel.Exchange;

/** A delivery in flight, and what its route said of it so far. One thread at a time. */
public final class DeliveryAttempt {
    private static final String PROPERTY = "FusewireAttempt";

    /** What becomes of a delivery. */
    enum Outcome {
        DELIVERED("delivered"),
        LATER("tried again later"),
        HELD("the address rests"),
        DEAD("a dead letter");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private Delivery delivery;
    private final Duration lease;
    private final Alert alert;
    private final Optional<String> address;
    private Outcome outcome = Outcome.DELIVERED;
    private String reason;
    private Duration wait;
    private CircuitPolicy circuit;
    private int redeliveries;

    DeliveryAttempt(Delivery delivery, Duration lease, Alert alert, Optional<String> address) {
        this.delivery = delivery;
        this.lease = lease;
        this.alert = alert;
        this.address = address;
    }

    static DeliveryAttempt of(Exchange exchange) {
        DeliveryAttempt found = exchange.getProperty(PROPERTY, DeliveryAttempt.class);
        if (found == null) {
            throw new IllegalStateException("only a sink, below fusewire:deliveries, has a delivery in flight");
        }
        return found;
    }

    /** The alert is the body, its event's labels are the headers; properties say which sink, and whether it is on. */
    void in(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.setProperty("sink", delivery.sink());
        exchange.setProperty("addressed", address.isPresent());
        exchange.getMessage().setBody(alert);
        exchange.getMessage().setHeaders(new HashMap<>(alert.labels()));
    }

    void dead(String why) {
        outcome = Outcome.DEAD;
        reason = why;
    }

    /**
     * Camel repeats it, under a new lease.
     *
     * @return false when another has taken the delivery over
     */
    boolean redelivered(Deliveries deliveries) {
        Optional<Delivery> renewed = deliveries.renew(delivery, lease);
        redeliveries++;
        delivery = renewed.orElse(delivery);
        return renewed.isPresent();
    }

    /** The number of quick redeliveries that Camel made. */
    int redeliveries() {
        return redeliveries;
    }

    /** It failed and is tried again after a wait, or is dead when its patience would be over by then. */
    void later(String why, Duration pause, Duration patience, CircuitPolicy opens) {
        circuit = opens;
        decide(Outcome.LATER, why, pause, patience);
    }

    /** Its address rests for a wait; it is dead when its patience would be over by then. */
    void hold(String why, Duration pause, Duration patience) {
        decide(Outcome.HELD, why, pause, patience);
    }

    private void decide(Outcome wish, String why, Duration pause, Duration patience) {
        wait = pause;
        boolean over = delivery.age().plus(pause).compareTo(patience) > 0;
        outcome = over ? Outcome.DEAD : wish;
        reason = over ? "gave up after " + patience + ": " + why : why;
    }

    /** What became of it, for the store. */
    Settlement settlement(Duration pace) {
        return switch (outcome) {
            case DELIVERED -> Settlement.delivered(delivery, pace);
            case DEAD -> Settlement.dead(delivery, reason, pace);
            case LATER -> Settlement.later(delivery, reason, wait, circuit, pace);
            case HELD -> Settlement.held(delivery, reason, wait, pace);
        };
    }

    Alert alert() {
        return alert;
    }

    /** Where it goes: a secret. Empty where the sink only prints. */
    Optional<String> address() {
        return address;
    }

    Delivery delivery() {
        return delivery;
    }

    Outcome outcome() {
        return outcome;
    }

    String reason() {
        return reason;
    }
}
