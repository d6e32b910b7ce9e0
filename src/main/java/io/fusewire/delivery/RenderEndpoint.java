package io.fusewire.delivery;

import io.fusewire.component.FusewireComponent;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** {@code fusewire:render}: the alert in hand, by the sink's template that fits it, or by the one that is named. */
public final class RenderEndpoint extends DefaultEndpoint {
    private final String template;

    public RenderEndpoint(String uri, FusewireComponent component, String template) {
        super(uri, component);
        this.template = template;
    }

    @Override
    public Producer createProducer() {
        Renderer renderer = ((FusewireComponent) getComponent()).ground().renderer();
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                DeliveryAttempt attempt = DeliveryAttempt.of(exchange);
                exchange.getMessage().setBody(renderer.render(attempt.delivery().sink(), template, attempt.alert()));
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException("fusewire:render can only be sent to");
    }
}
