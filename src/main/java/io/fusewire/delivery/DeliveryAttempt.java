package io.fusewire.delivery;

import io.fusewire.delivery.SinkAddresses.Address;
import io.fusewire.message.Alert;
import io.fusewire.store.CircuitPolicy;
import io.fusewire.store.Deliveries;
import io.fusewire.store.Delivery;
import io.fusewire.store.Delivery.Settlement;
import io.fusewire.store.IncidentState.IncidentNews;
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
        PRINTED("printed"),
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
    private final Optional<Address> address;
    private final IncidentNews.Kind kind;
    private String reference;
    private Outcome outcome;
    private String reason;
    private Duration wait;
    private CircuitPolicy circuit;
    private int redeliveries;

    /** @param kind what it says of an incident; null for a message of its own */
    DeliveryAttempt(Delivery delivery, Duration lease, Alert alert, Optional<Address> address, IncidentNews.Kind kind) {
        this.delivery = delivery;
        this.lease = lease;
        this.alert = alert;
        this.address = address;
        this.kind = kind;
        // Without an address a route only prints.
        this.outcome = address.isPresent() ? Outcome.DELIVERED : Outcome.PRINTED;
        this.reference = delivery.reference();
    }

    static DeliveryAttempt of(Exchange exchange) {
        DeliveryAttempt found = exchange.getProperty(PROPERTY, DeliveryAttempt.class);
        if (found == null) {
            throw new IllegalStateException("only a sink, below fusewire:deliveries, has a delivery in flight");
        }
        return found;
    }

    /**
     * The alert is the body, its event's labels are the headers; properties say which sink, whether it is on, by which
     * property, what it calls an earlier message about this incident, and what it is told of it.
     */
    void in(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.setProperty("sink", delivery.sink());
        exchange.setProperty("addressed", address.isPresent());
        exchange.setProperty("addressedBy", address.map(Address::name).orElse(null));
        exchange.setProperty("reference", reference);
        exchange.setProperty("kind", word());
        exchange.getMessage().setBody(alert);
        exchange.getMessage().setHeaders(new HashMap<>(alert.labels()));
    }

    private String word() {
        return kind == null ? null : alert.incident().kind().word();
    }

    /** @param took from the claim to the outcome */
    void tell(DeliveryListener listener, Duration took) {
        listener.attempted(delivery, word(), outcome.name(), redeliveries, took);
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
        Settlement settlement =
                switch (outcome) {
                    case DELIVERED -> Settlement.told(delivery, kind, pace);
                    case PRINTED -> Settlement.told(delivery, kind, pace).printed();
                    case DEAD -> Settlement.dead(delivery, reason, pace);
                    case LATER -> Settlement.later(delivery, reason, wait, circuit, pace);
                    case HELD -> Settlement.held(delivery, reason, wait, pace);
                };
        boolean over = (outcome == Outcome.DELIVERED || outcome == Outcome.PRINTED) && delivery.news() == null;
        return settlement.referring(over ? null : reference);
    }

    Alert alert() {
        return alert;
    }

    /** Where it goes: a secret. Empty where the sink only prints. */
    Optional<String> address() {
        return address.map(Address::value);
    }

    /** What the sink calls the message that it was last sent about this incident; empty where there is none to edit. */
    Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /** Notes what the sink calls the message that it has taken, whatever becomes of the delivery; null when it is gone. */
    void refer(String called) {
        reference = called;
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
