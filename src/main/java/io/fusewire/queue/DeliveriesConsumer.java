package io.fusewire.queue;

import io.fusewire.alert.Alert;
import io.fusewire.event.Event;
import io.fusewire.event.UnreadableEvent;
import io.fusewire.store.Circuit;
import io.fusewire.store.Deliveries;
import io.fusewire.store.Delivery;
import io.fusewire.store.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that each take one due delivery, send it through the sink's route, and write down what became of it. First
 * attempts and redeliveries have workers of their own.
 */
final class DeliveriesConsumer extends QueueConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveriesConsumer.class);

    private static final Duration NO_POLICY_WAIT = Duration.ofSeconds(30);
    private static final Duration NO_POLICY_PATIENCE = Duration.ofDays(1);
    private static final Circuit NO_POLICY_CIRCUIT = new Circuit(5, NO_POLICY_WAIT, Duration.ofMinutes(5));

    /** The longest outage of the store over which a result is remembered. */
    private static final Duration OUTAGE = Duration.ofHours(1);

    private final SinkEndpoint sink;

    DeliveriesConsumer(SinkEndpoint endpoint, Processor processor) {
        super(endpoint, processor, endpoint.filled());
        this.sink = endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        sink.component().open(sink);
    }

    @Override
    void employ() {
        for (int i = 0; i < sink.getWorkers(); i++) {
            work("fusewire-" + sink.sink(), sink.getIdle(), () -> attempt(true));
        }
        for (int i = 0; i < sink.getRedeliveryWorkers(); i++) {
            patrol("fusewire-" + sink.sink() + "-again", sink.getIdle(), () -> attempt(false));
        }
    }

    @Override
    protected void doShutdown() throws Exception {
        super.doShutdown();
        sink.component().close(sink);
    }

    private boolean attempt(boolean fresh) throws Exception {
        Ground ground = sink.component().ground();
        Optional<Delivery> next = claim(ground.deliveries(), fresh);
        boolean found = next.isPresent();
        while (next.isPresent()) {
            next = attempt(next.get(), fresh, ground);
        }
        return found;
    }

    private Optional<Delivery> claim(Deliveries deliveries, boolean fresh) {
        return deliveries.claim(sink.sink(), fresh, sink.pace(), sink.getLease());
    }

    /** The next one, if there is one: what became of this one and the claim of that one share a commit. */
    private Optional<Delivery> attempt(Delivery delivery, boolean fresh, Ground ground) {
        long began = System.nanoTime();
        try {
            Attempt attempt = prepare(delivery, ground);
            if (sink.isOff(attempt)) {
                attempt.hold(sink.unset(), NO_POLICY_WAIT, NO_POLICY_PATIENCE);
            } else {
                route(attempt, ground);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            ground.meters().attempted(attempt.delivery(), attempt.outcome().name(), attempt.redeliveries(), took);
            tell(attempt);
            return settle(attempt, fresh, ground);
        } catch (UnreadableEvent e) {
            ground.deliveries().dead(delivery, e.getMessage(), sink.pace());
            return Optional.empty();
        }
    }

    private void tell(Attempt attempt) {
        if (attempt.reason() != null) {
            LOG.warn(
                    "Sink {}, event {}: {}; {}",
                    sink.sink(),
                    attempt.delivery().event().key(),
                    attempt.outcome().words(),
                    attempt.reason());
        }
    }

    private Attempt prepare(Delivery delivery, Ground ground) throws UnreadableEvent {
        Event event =
                ground.reader().read(delivery.event().body(), delivery.event().source());
        Alert alert = new Alert(
                event.key(),
                event.source(),
                event.json(),
                event.labels(),
                delivery.rule(),
                delivery.severity(),
                delivery.resolve(),
                delivery.incident(),
                delivery.event().receivedAt());
        return new Attempt(delivery, sink.getLease(), alert, sink.addressOf(event.source()));
    }

    private void route(Attempt attempt, Ground ground) {
        Exchange exchange = createExchange(false);
        try {
            attempt.in(exchange);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            String reason = Reason.of(exchange.getException(), ground.redact());
            attempt.later(reason, NO_POLICY_WAIT, NO_POLICY_PATIENCE, NO_POLICY_CIRCUIT);
        }
        releaseExchange(exchange, false);
    }

    private Optional<Delivery> settle(Attempt attempt, boolean fresh, Ground ground) {
        try {
            return ground.deliveries().together(deliveries -> {
                attempt.settle(deliveries, sink.pace());
                return workers().running() ? claim(deliveries, fresh) : Optional.empty();
            });
        } catch (StoreUnavailable e) {
            LOG.debug("What became of a delivery is written alone", e);
            insist(attempt, ground);
            return Optional.empty();
        }
    }

    /** A store that is away for a moment must not make the sink get the same alert again. */
    private void insist(Attempt attempt, Ground ground) {
        long began = System.nanoTime();
        while (true) {
            try {
                attempt.settle(ground.deliveries(), sink.pace());
                return;
            } catch (StoreUnavailable e) {
                if (!workers().running() || System.nanoTime() - began > OUTAGE.toNanos()) {
                    throw e;
                }
                workers().rest();
            }
        }
    }
}
