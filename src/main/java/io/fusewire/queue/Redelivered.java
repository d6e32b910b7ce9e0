package io.fusewire.queue;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Called before each quick redelivery of a policy: counts it. */
public final class Redelivered implements Processor {

    @Override
    public void process(Exchange exchange) {
        Attempt.of(exchange).redelivered();
    }
}
