package io.fusewire.delivery;

import io.fusewire.component.Signal;
import io.fusewire.message.Alert;
import io.fusewire.signature.StandardWebhook;
import io.fusewire.store.AlertSpec;
import io.fusewire.store.Decision;
import java.time.Duration;
import java.util.Optional;
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
    private String secret;
    private double perSecond;
    private int workers = 2;
    private int redeliveryWorkers = 1;
    private boolean everyEvent;
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
            refuseSecret();
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

    /** Where this sink's alerts of a source go, if that is known. */
    Optional<String> addressOf(String source) {
        return address == null ? Optional.of("") : module.addresses().find(source, sink, address);
    }

    /** What alerts of a source are signed by; empty where this sink signs nothing. */
    Optional<String> secretOf(String source) {
        return secret == null
                ? Optional.empty()
                : Optional.of(module.addresses()
                        .find(source, sink, secret)
                        .orElseThrow(() -> new IllegalStateException(property(secret) + " is not set")));
    }

    /** An address without a secret, or a secret that is none, would be found out by the first alert. */
    private void refuseSecret() {
        SinkAddresses addresses = module.addresses();
        if (secret == null || address == null || addresses.ofSink(sink, address).isEmpty()) {
            return;
        }
        String known = addresses
                .ofSink(sink, secret)
                .orElseThrow(() -> new IllegalArgumentException(property(secret) + " is not set, and "
                        + property(address) + " is; " + sink + " signs what it sends."));
        try {
            new StandardWebhook(known);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(property(secret) + " " + e.getMessage() + ".", e);
        }
    }

    private String property(String name) {
        return "sinks." + sink + "." + name;
    }

    /** True where the address was taken away since the alert was queued: nothing may count as delivered then. */
    boolean isOff(DeliveryAttempt attempt) {
        return attempt.address().isEmpty() && !module.addresses().printsWithout();
    }

    /** Why it is off. */
    String unset() {
        return property(address) + " is not set";
    }

    public Decision.Addressed address(String source, AlertSpec spec, String incident) {
        SinkAddresses addresses = module.addresses();
        boolean own =
                address != null && addresses.ofSource(source, sink, address).isPresent();
        boolean off = addressOf(source).isEmpty() && !addresses.printsWithout();
        return new Decision.Addressed(
                sink,
                own ? source : SinkAddresses.SHARED,
                spec.rule(),
                spec.severity(),
                spec.resolve(),
                incident,
                off ? unset() : null);
    }

    public String getAddress() {
        return address;
    }

    /** The property that says where alerts go: {@code sinks.<sink>.<address>}, or a source's own. */
    public void setAddress(String address) {
        this.address = address;
    }

    public String getSecret() {
        return secret;
    }

    /** The property that says what alerts are signed by: {@code sinks.<sink>.<secret>}, or a source's own. */
    public void setSecret(String secret) {
        this.secret = secret;
    }

    public double getPerSecond() {
        return perSecond;
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
}
