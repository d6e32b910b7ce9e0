package io.fusewire.poll;

import java.time.Duration;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code fusewire:polls}: the questions that are due, of each configured poll one at a time. Only a {@code from}. */
public final class PollsEndpoint extends DefaultEndpoint {
    private final PollModule module;
    private Duration pollInterval = Duration.ofSeconds(1);

    PollsEndpoint(String uri, Component component, PollModule module) {
        super(uri, component);
        this.module = module;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new PollsConsumer(this, processor);
    }

    @Override
    public Producer createProducer() {
        throw new IllegalArgumentException("fusewire:polls can only be read from");
    }

    PollModule module() {
        return module;
    }

    public Duration getPollInterval() {
        return pollInterval;
    }

    /** The time between two checks whether a request is due. */
    public void setPollInterval(Duration pollInterval) {
        this.pollInterval = pollInterval;
    }
}
