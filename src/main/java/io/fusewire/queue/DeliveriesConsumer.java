package io.fusewire.queue;

import io.fusewire.alert.Alert;
import io.fusewire.event.Event;
import io.fusewire.event.UnreadableEvent;
import io.fusewire.store.Deliveries;
import io.fusewire.store.Delivery;
import io.fusewire.store.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that each take one due delivery, send it through the sink's route, and write down what became of it. First
 * attempts and redeliveries have workers of their own.
 */
final class DeliveriesConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveriesConsumer.class);

    private static final Duration NO_POLICY_WAIT = Duration.ofSeconds(30);
    private static final Duration NO_POLICY_PATIENCE = Duration.ofDays(1);

    private final SinkEndpoint sink;
    private Workers workers;

    DeliveriesConsumer(SinkEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.sink = endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        sink.component().open(sink);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        workers = new Workers(sink.getCamelContext(), sink.component().signal());
        for (int i = 0; i < sink.getWorkers(); i++) {
            workers.add(this, "fusewire-" + sink.sink(), sink.getIdle(), () -> attempt(true));
        }
        for (int i = 0; i < sink.getRedeliveryWorkers(); i++) {
            workers.add(this, "fusewire-" + sink.sink() + "-again", sink.getIdle(), () -> attempt(false));
        }
    }

    @Override
    protected void doStop() throws Exception {
        workers.stop();
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        sink.component().close(sink);
        super.doShutdown();
    }

    private boolean attempt(boolean fresh) throws Exception {
        Ground ground = sink.component().ground();
        Optional<Delivery> claimed = ground.deliveries().claim(sink.sink(), fresh, sink.pace(), sink.getLease());
        if (claimed.isPresent()) {
            attempt(claimed.get(), ground);
        }
        return claimed.isPresent();
    }

    private void attempt(Delivery delivery, Ground ground) {
        try {
            Attempt attempt = prepare(delivery, ground);
            if (sink.isOff(attempt)) {
                attempt.hold(
                        sink.unset(),
                        NO_POLICY_WAIT,
                        NO_POLICY_PATIENCE,
                        ground.clock().instant());
            } else {
                route(attempt, ground);
            }
            ground.meters().attempted(delivery, attempt.outcome().name(), attempt.redeliveries());
            if (attempt.reason() != null) {
                LOG.warn(
                        "Sink {}, event {}: {}; {}",
                        sink.sink(),
                        attempt.delivery().event().key(),
                        attempt.outcome().words(),
                        attempt.reason());
            }
            settle(attempt, ground);
        } catch (UnreadableEvent e) {
            ground.deliveries().dead(delivery, e.getMessage(), sink.pace());
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
        return new Attempt(delivery, alert, sink.addressOf(event.source()));
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
            attempt.later(
                    reason, NO_POLICY_WAIT, NO_POLICY_PATIENCE, ground.clock().instant());
        }
        releaseExchange(exchange, false);
    }

    /** Insists: a store that is away for a moment must not make the sink get the same alert again. */
    private void settle(Attempt attempt, Ground ground) {
        while (true) {
            try {
                write(attempt, ground.deliveries());
                return;
            } catch (StoreUnavailable e) {
                if (!workers.running()
                        || ground.clock().millis() > attempt.delivery().leasedUntil()) {
                    throw e;
                }
                workers.rest();
            }
        }
    }

    private void write(Attempt attempt, Deliveries deliveries) {
        Delivery delivery = attempt.delivery();
        switch (attempt.outcome()) {
            case DELIVERED -> deliveries.delivered(delivery, sink.pace());
            case DEAD -> deliveries.dead(delivery, attempt.reason(), sink.pace());
            case LATER -> deliveries.later(delivery, attempt.reason(), attempt.until(), sink.pace());
            case HELD -> deliveries.hold(delivery, attempt.reason(), attempt.until(), sink.pace());
        }
    }
}
