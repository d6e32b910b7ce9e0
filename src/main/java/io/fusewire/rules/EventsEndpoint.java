package io.fusewire.rules;

import io.fusewire.component.FlatRoute;
import io.fusewire.component.RouteModel;
import io.fusewire.component.WorkerConsumer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.model.RouteDefinition;
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
    private Duration timeLimit = Duration.ofSeconds(5);
    private boolean anySteps;

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
                module.worker().announce();
            }
        };
    }

    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
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

    public Duration getTimeLimit() {
        return timeLimit;
    }

    /** A rule that takes longer with one event counts as one that fails. */
    public void setTimeLimit(Duration timeLimit) {
        this.timeLimit = timeLimit;
    }

    public boolean isAnySteps() {
        return anySteps;
    }

    /**
     * Whether the route has other steps than filters, choices and alerts. Camel's engine then takes them, on a thread of
     * their own, which costs a multiple; it holds for this route alone.
     */
    public void setAnySteps(boolean anySteps) {
        this.anySteps = anySteps;
    }

    /** A route's rules. The worker that they all share hands each event to every such route. */
    static final class EventsConsumer extends WorkerConsumer {
        private final EventsEndpoint events;
        private final RulesModule module;
        private final RecordRuleFailure failures;
        private volatile Set<String> replaced = Set.of();
        private volatile FlatRoute flat;
        private volatile boolean running;

        EventsConsumer(EventsEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
            this.events = endpoint;
            this.module = endpoint.module();
            this.failures = new RecordRuleFailure(module.redact());
        }

        EventsEndpoint events() {
            return events;
        }

        boolean isRunning() {
            return running;
        }

        /** Whatever a rule of the route throws is noted; the rules of other routes don't notice. */
        void judge(RuleEvaluation open) {
            open.enters(getRouteId(), replaced);
            if (flat == null) {
                RoutedRules.throughTheEngine(this, open);
            } else {
                Exchange exchange = open.tested(getEndpoint().getCamelContext());
                flat.take(exchange, (step, what) -> failures.record(exchange, step, what));
            }
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            CamelContext camel = events.getCamelContext();
            RouteDefinition route = RouteModel.of(camel, getRouteId());
            replaced = RouteModel.replaced(camel, route);
            flat = events.isAnySteps() ? null : FlatRoute.of(camel, route);
            doResume();
        }

        @Override
        protected void doResume() {
            running = true;
            module.worker().add(this);
        }

        @Override
        protected void doSuspend() {
            running = false;
            module.worker().pause();
        }

        @Override
        protected Map<String, Duration> supervise() {
            return module.worker().supervise();
        }

        @Override
        protected int busy() {
            return module.worker().busy();
        }

        @Override
        protected void doStop() throws Exception {
            running = false;
            module.worker().stop();
            super.doStop();
        }
    }
}
