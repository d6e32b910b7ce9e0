package io.fusewire.rules;

import io.fusewire.component.FailureReason;
import io.fusewire.component.RouteModel;
import io.fusewire.component.WorkerConsumer;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.model.Model;

/** A route's rules. The worker that they all share hands each event to every such route. */
final class EventsConsumer extends WorkerConsumer {
    private final EventsEndpoint events;
    private final RulesModule module;
    private volatile Set<String> replaced = Set.of();
    private volatile boolean running;

    EventsConsumer(EventsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.events = endpoint;
        this.module = endpoint.module();
    }

    EventsEndpoint events() {
        return events;
    }

    boolean isRunning() {
        return running;
    }

    /** Whatever a rule of the route throws is noted; the rules of other routes don't notice. */
    void judge(RuleEvaluation open) {
        Exchange exchange = createExchange(false);
        try {
            open.in(exchange, replaced);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            open.broken(getRouteId(), FailureReason.of(exchange.getException(), module.redact()));
        }
        releaseExchange(exchange, false);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Model model = events.getCamelContext().getCamelContextExtension().getContextPlugin(Model.class);
        replaced = RouteModel.replaced(events.getCamelContext(), model.getRouteDefinition(getRouteId()));
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
