package io.fusewire.delivery;

import io.fusewire.component.Workers.Signal;
import io.fusewire.delivery.RenderEndpoint.DeliveryAlert;
import io.fusewire.delivery.SinkAddresses.AddressLookup;
import io.fusewire.delivery.SinkRegistry.InProcessSinkConsumer;
import io.fusewire.event.Event;
import io.fusewire.message.Alert;
import io.fusewire.store.Decision;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.IncidentState.IncidentNews;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * A sink. {@code fusewire:deliveries/<sink>} empties the sink's durable queue; {@code fusewire:in-process/<sink>} is told
 * in process, without a queue, once the event's decision is committed. Only a {@code from}.
 */
public final class SinkEndpoint extends DefaultEndpoint {
    private final DeliveryModule module;
    private final String sink;
    private final boolean queued;
    private String address;
    private String channel;
    private String secret;
    private String token;
    private double perSecond;
    private int workers = 2;
    private int redeliveryWorkers = 1;
    private boolean everyEvent;
    private boolean opensFirst;
    private Duration lease = Duration.ofMinutes(1);
    private Duration pollInterval = Duration.ofMillis(100);
    private final Signal filled = new Signal();
    private volatile InProcessSinkConsumer told;

    SinkEndpoint(String uri, Component component, DeliveryModule module, String sink, boolean queued) {
        super(uri, component);
        if (sink.isBlank()) {
            throw new IllegalArgumentException(uri + ": a sink has a name, fusewire:deliveries/<sink>");
        }
        this.module = module;
        this.sink = sink;
        this.queued = queued;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        if (queued) {
            if (everyEvent) {
                throw new IllegalArgumentException(
                        getEndpointUri() + ": everyEvent is an option of fusewire:in-process/<sink>");
            }
            new AddressValidation(lookup()).refuse();
            return new DeliveriesConsumer(this, processor);
        }
        told = new InProcessSinkConsumer(this, processor);
        return told;
    }

    @Override
    public Producer createProducer() {
        throw new IllegalArgumentException("a sink can only be read from; rules address it by fusewire:alert");
    }

    DeliveryModule module() {
        return module;
    }

    public String sink() {
        return sink;
    }

    public boolean queued() {
        return queued;
    }

    /** Raised when the queue holds something new. */
    public Signal filled() {
        return filled;
    }

    public void tell(Alert alert, String outcome) {
        InProcessSinkConsumer consumer = told;
        if (consumer != null) {
            consumer.tell(alert, outcome);
        }
    }

    /** The least time between two deliveries to one destination. */
    Duration pace() {
        return perSecond > 0 ? Duration.ofMillis((long) Math.ceil(1_000 / perSecond)) : Duration.ZERO;
    }

    /** Where its alerts go, and what they are signed by. */
    AddressLookup lookup() {
        return new AddressLookup(module.addresses(), sink, address, channel, secret, token);
    }

    /** @param held why the alert is not sent, or null */
    public Decision.Addressed address(String source, AlertSpec spec, String incident, String held) {
        return lookup().address(source, spec, incident, held);
    }

    /**
     * What its templates would see of news of an incident.
     *
     * @param event the one that the news is of
     */
    public Alert alert(IncidentNews news, Instant received, Event event) {
        return DeliveryAlert.of(news, received, event, news.kind(opensFirst));
    }

    /** The property that says where alerts go: {@code sinks.<sink>.<address>}, or a source's own. */
    public void setAddress(String address) {
        this.address = address;
    }

    /** The property that says where alerts go instead, for whoever has the {@code token}: a source's own, or the sink's. */
    public void setChannel(String channel) {
        this.channel = channel;
    }

    /** The property that says by which token the {@code channel} is reached. */
    public void setToken(String token) {
        this.token = token;
    }

    /** The property that says what alerts are signed by: {@code sinks.<sink>.<secret>}, or a source's own. */
    public void setSecret(String secret) {
        this.secret = secret;
    }

    /** The most deliveries a second to one address; 0 for no limit. */
    public void setPerSecond(double perSecond) {
        this.perSecond = perSecond;
    }

    public int getWorkers() {
        return workers;
    }

    /** Threads for first attempts. */
    public void setWorkers(int workers) {
        this.workers = workers;
    }

    public int getRedeliveryWorkers() {
        return redeliveryWorkers;
    }

    /** Threads for redeliveries and replays, so that a backlog of them never delays fresh alerts. */
    public void setRedeliveryWorkers(int redeliveryWorkers) {
        this.redeliveryWorkers = redeliveryWorkers;
    }

    public Duration getLease() {
        return lease;
    }

    /** After how long a delivery that was claimed and not settled is taken again; each quick redelivery renews it. */
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

    public boolean isEveryEvent() {
        return everyEvent;
    }

    /** Whether it is told of every event, also of one for which no rule names it. Only in process. */
    public void setEveryEvent(boolean everyEvent) {
        this.everyEvent = everyEvent;
    }

    public boolean isOpensFirst() {
        return opensFirst;
    }

    /** Whether it must be told that an incident opened before it can be told that it closed. Only of a queue. */
    public void setOpensFirst(boolean opensFirst) {
        this.opensFirst = opensFirst;
    }
}
