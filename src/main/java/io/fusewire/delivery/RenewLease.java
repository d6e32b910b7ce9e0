package io.fusewire.delivery;

import io.fusewire.component.Workers;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.Deliveries;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Called before each quick redelivery of a policy: counts it, and renews the delivery's lease or stops. */
public final class RenewLease implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(RenewLease.class);

    private final Deliveries deliveries;

    public RenewLease(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    public void process(Exchange exchange) {
        Workers.turned();
        try {
            exchange.setRouteStop(!DeliveryAttempt.of(exchange).redelivered(deliveries));
        } catch (StoreUnavailableException e) {
            LOG.debug("A lease was not renewed; while the store is away nobody else can take it either", e);
        }
    }
}
