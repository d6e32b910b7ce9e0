package io.fusewire.component;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultEndpoint;

/** An endpoint that a route can only send to. */
public abstract class SendOnlyEndpoint extends DefaultEndpoint {

    protected SendOnlyEndpoint(String uri, Component component) {
        super(uri, component);
    }

    @Override
    public final Consumer createConsumer(Processor processor) {
        String word = getEndpointUri().replaceFirst("^(fusewire:)(//)?([^/?]*).*$", "$1$3");
        throw new IllegalArgumentException(word + " can only be sent to");
    }
}
