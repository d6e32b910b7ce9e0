package io.fusewire.queue;

import io.fusewire.store.Deliveries;
import io.fusewire.store.StoreUnavailable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Called before each quick redelivery of a policy: counts it, and renews the delivery's lease or stops. */
public final class Redelivered implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(Redelivered.class);

    private final Deliveries deliveries;

    public Redelivered(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    public void process(Exchange exchange) {
        try {
            exchange.setRouteStop(!Attempt.of(exchange).redelivered(deliveries));
        } catch (StoreUnavailable e) {
            LOG.debug("A lease was not renewed; while the store is away nobody else can take it either", e);
        }
    }
}
