package io.fusewire.component;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** An endpoint that a route can only send to: one step. */
public abstract class SendOnlyEndpoint extends DefaultEndpoint {
    protected SendOnlyEndpoint(String uri, Component component) {
        super(uri, component);
    }

    /** What the step does. */
    protected abstract void process(Exchange exchange) throws Exception;

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws Exception {
                SendOnlyEndpoint.this.process(exchange);
            }
        };
    }

    @Override
    public final Consumer createConsumer(Processor processor) {
        String word = getEndpointUri().replaceFirst("^(fusewire:)(//)?([^/?]*).*$", "$1$3");
        throw new IllegalArgumentException(word + " can only be sent to");
    }
}
