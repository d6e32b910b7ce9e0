package io.fusewire.delivery;

import io.fusewire.component.FailureReason;
import io.fusewire.component.QueueConsumer;
import io.fusewire.component.Workers;
import io.fusewire.delivery.RenderEndpoint.DeliveryAlert;
import io.fusewire.error.FatalErrors;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.store.CircuitPolicy;
import io.fusewire.store.Delivery;
import io.fusewire.store.Delivery.Settlement;
import io.fusewire.store.IncidentState.IncidentNews;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
    private static final CircuitPolicy NO_POLICY_CIRCUIT = new CircuitPolicy(5, NO_POLICY_WAIT, Duration.ofMinutes(5));
    private static final int MOST_REFUSED = 3;

    /** The longest outage of the store over which a result is remembered. */
    private static final Duration OUTAGE = Duration.ofHours(1);

    /** A pace that makes a destination give out one delivery at a time. */
    private static final Duration ALONE = Duration.ofMillis(1);

    private final SinkEndpoint sink;
    private final DeliveryModule module;
    private volatile Workers workers;

    DeliveriesConsumer(SinkEndpoint endpoint, Processor processor) {
        super(endpoint, processor, endpoint.filled());
        this.sink = endpoint;
        this.module = endpoint.module();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        sink.module().sinks().open(sink);
    }

    @Override
    protected void employ(Workers employed) {
        workers = employed;
        for (int i = 0; i < sink.getWorkers(); i++) {
            work("fusewire-" + sink.sink(), sink.getPollInterval(), sink.getLease(), () -> attempt(true));
        }
        for (int i = 0; i < sink.getRedeliveryWorkers(); i++) {
            patrol("fusewire-" + sink.sink() + "-again", sink.getPollInterval(), sink.getLease(), () -> attempt(false));
        }
    }

    @Override
    protected void doShutdown() throws Exception {
        super.doShutdown();
        sink.module().sinks().close(sink);
    }

    private boolean attempt(boolean fresh) {
        Optional<Delivery> next = module.deliveries().claim(sink.sink(), fresh, sink.pace(), sink.getLease());
        boolean found = next.isPresent();
        while (next.isPresent()) {
            next = attempt(next.get(), fresh, workers::running);
        }
        return found;
    }

    /** In place of a worker whose delivery is slow: of each destination one and no more, so that none has all workers. */
    private boolean cover(boolean fresh) {
        Duration alone = sink.pace().isZero() ? ALONE : sink.pace();
        Optional<Delivery> next = module.deliveries().claim(sink.sink(), fresh, alone, sink.getLease());
        next.ifPresent(delivery -> attempt(delivery, fresh, () -> false));
        return next.isPresent();
    }

    /**
     * The next one, if there is one and it is to go on: what became of this one and the claim of that one share a commit,
     * and who sees it counted finds it in the store.
     */
    private Optional<Delivery> attempt(Delivery delivery, boolean fresh, BooleanSupplier goesOn) {
        Workers.turned();
        long began = System.nanoTime();
        try {
            DeliveryAttempt attempt = prepare(delivery);
            if (sink.lookup().isOff(attempt)) {
                attempt.hold(sink.lookup().unset(), NO_POLICY_WAIT, NO_POLICY_PATIENCE);
            } else if (!sink.isOpensFirst() || !module.deliveries().isSuperseded(delivery)) {
                workers.covered(() -> route(attempt), () -> cover(fresh));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            tell(attempt);
            Optional<Delivery> next = settle(attempt, fresh, goesOn);
            attempt.tell(module.listener(), took);
            return next;
        } catch (UnreadableEventException e) {
            module.deliveries().settle(Settlement.dead(delivery, e.getMessage(), sink.pace()));
            return Optional.empty();
        }
    }

    private void tell(DeliveryAttempt attempt) {
        if (attempt.reason() != null) {
            LOG.warn(
                    "Sink {}, event {}: {}; {}",
                    sink.sink(),
                    attempt.delivery().event().key(),
                    attempt.outcome().words(),
                    attempt.reason());
        }
    }

    private DeliveryAttempt prepare(Delivery delivery) throws UnreadableEventException {
        Event event =
                module.reader().read(delivery.event().body(), delivery.event().source());
        IncidentNews.Kind kind =
                delivery.news() == null ? null : delivery.news().kind(sink.isOpensFirst());
        return new DeliveryAttempt(
                delivery,
                sink.getLease(),
                DeliveryAlert.of(delivery, event, kind),
                sink.lookup().addressOf(event.source()),
                kind);
    }

    private void route(DeliveryAttempt attempt) {
        Exchange exchange = createExchange(false);
        try {
            attempt.in(exchange);
            getProcessor().process(exchange);
        } catch (Throwable e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            FatalErrors.escalate(exchange.getException());
            String reason = FailureReason.of(exchange.getException(), module.redact());
            attempt.later(reason, NO_POLICY_WAIT, NO_POLICY_PATIENCE, NO_POLICY_CIRCUIT);
        }
        releaseExchange(exchange, false);
    }

    private Optional<Delivery> settle(DeliveryAttempt attempt, boolean fresh, BooleanSupplier goesOn) {
        try {
            Settlement settlement = attempt.settlement(sink.pace());
            if (goesOn.getAsBoolean()) {
                return module.deliveries().settleAndClaim(settlement, sink.sink(), fresh, sink.pace(), sink.getLease());
            }
            module.deliveries().settle(settlement);
            return Optional.empty();
        } catch (StoreUnavailableException e) {
            LOG.debug("What became of a delivery is written alone", e);
            insist(attempt);
            return Optional.empty();
        }
    }

    /** A store that is away for a moment must not make the sink get the same alert again. */
    private void insist(DeliveryAttempt attempt) {
        long began = System.nanoTime();
        int refused = 0;
        while (true) {
            try {
                module.deliveries().settle(attempt.settlement(sink.pace()));
                return;
            } catch (StoreUnavailableException e) {
                if (!workers.running() || System.nanoTime() - began > OUTAGE.toNanos() || refused > MOST_REFUSED) {
                    throw e;
                }
                workers.rest();
                refused += isStoreThere(attempt) ? 1 : 0;
                if (refused == MOST_REFUSED) {
                    attempt.dead("what became of it could not be stored");
                }
            }
        }
    }

    private boolean isStoreThere(DeliveryAttempt attempt) {
        try {
            attempt.redelivered(module.deliveries());
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }
}
