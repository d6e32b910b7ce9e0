package io.fusewire.rules;

import java.time.Duration;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code fusewire:events}: stored events. {@code from} it, a route's rules see each once, as those of any other such route
 * do; {@code to} it, they are told that there is one more, which they would find in the store by themselves. An option holds
 * for all of these routes.
 */
public final class EventsEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {
    private final RulesModule module;
    private int batch = 500;
    private Duration lease = Duration.ofSeconds(5);
    private Duration pollInterval = Duration.ofMillis(50);
    private Duration linger = Duration.ofMillis(10);

    EventsEndpoint(String uri, Component component, RulesModule module) {
        super(uri, component);
        this.module = module;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new EventsConsumer(this, processor);
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                module.recent().announce();
            }
        };
    }

    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    boolean hasOptions() {
        return getEndpointUri().contains("?");
    }

    RulesModule module() {
        return module;
    }

    public int getBatch() {
        return batch;
    }

    /** How many events share one claim and one commit. */
    public void setBatch(int batch) {
        this.batch = batch;
    }

    public Duration getLease() {
        return lease;
    }

    /** After how long events that were claimed and not settled are taken again. */
    public void setLease(Duration lease) {
        this.lease = lease;
    }

    public Duration getPollInterval() {
        return pollInterval;
    }

    /** The time between two reads of an empty queue. */
    public void setPollInterval(Duration pollInterval) {
        this.pollInterval = pollInterval;
    }

    public Duration getLinger() {
        return linger;
    }

    /** The least time between two batches. */
    public void setLinger(Duration linger) {
        this.linger = linger;
    }
}
