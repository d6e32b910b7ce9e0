package io.fusewire.delivery;

import io.fusewire.component.FlatRoute;
import io.fusewire.component.RouteModel;
import io.fusewire.component.Steps;
import io.fusewire.error.FatalErrors;
import io.fusewire.message.Alert;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/** The sinks that routes empty or are told by, by name. Thread-safe. */
public final class SinkRegistry {
    private final Map<String, SinkEndpoint> sinks = new ConcurrentHashMap<>();

    void open(SinkEndpoint sink) {
        sinks.put(sink.sink(), sink);
    }

    void close(SinkEndpoint sink) {
        sinks.remove(sink.sink(), sink);
    }

    /** The sink of that name, or null while no route empties it. */
    public SinkEndpoint sink(String name) {
        return sinks.get(name);
    }

    /** Tells the sink's workers, if it has any, that its queue holds something new. */
    public void wake(String name) {
        SinkEndpoint found = sinks.get(name);
        if (found != null) {
            found.filled().raise();
        }
    }

    /** The sinks that are told in process. */
    public List<SinkEndpoint> unqueued() {
        return sinks.values().stream().filter(sink -> !sink.queued()).toList();
    }

    /** The names of the sinks with a queue, in order of the alphabet. */
    public Set<String> queuedSinks() {
        return sinks.values().stream()
                .filter(SinkEndpoint::queued)
                .map(SinkEndpoint::sink)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether those with a queue are on, in order of the alphabet. */
    public List<SinkSetting> settings() {
        return queuedSinks().stream()
                .map(name -> SinkSetting.of(sinks.get(name).lookup()))
                .toList();
    }

    /** A sink without a queue: its route runs on the rules' thread, after the commit. What it throws is logged. */
    static final class InProcessSinkConsumer extends DefaultConsumer implements ShutdownAware {
        private static final String OUTCOME = "outcome";

        private final SinkEndpoint sink;
        private FlatRoute flat;

        InProcessSinkConsumer(SinkEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
            this.sink = endpoint;
        }

        @Override
        protected void doInit() throws Exception {
            super.doInit();
            sink.module().sinks().open(sink);
        }

        /** It stays until the rules, which tell it, are done. */
        @Override
        public boolean deferShutdown(ShutdownRunningTask task) {
            return true;
        }

        @Override
        public int getPendingExchangesSize() {
            return 0;
        }

        @Override
        public void prepareShutdown(boolean suspendOnly, boolean forced) {
            // It holds nothing.
        }

        @Override
        protected void doShutdown() throws Exception {
            sink.module().sinks().close(sink);
            super.doShutdown();
        }

        @Override
        protected void doStart() throws Exception {
            CamelContext camel = getEndpoint().getCamelContext();
            RouteDefinition route = RouteModel.of(camel, getRouteId());
            flat = FlatRoute.other(camel, route).isPresent() ? null : FlatRoute.of(camel, route);
            super.doStart();
        }

        /** @param outcome what the rules made of the event, in a word */
        void tell(Alert alert, String outcome) {
            if (flat == null) {
                throughTheEngine(alert, outcome);
            } else {
                Exchange exchange = Steps.exchange(
                        getEndpoint().getCamelContext(), alert, alert.labels(), Map.of(OUTCOME, outcome));
                flat.take(exchange, (step, what) -> failed(what));
            }
        }

        private void throughTheEngine(Alert alert, String outcome) {
            Exchange exchange = createExchange(false);
            try {
                exchange.getMessage().setBody(alert);
                exchange.getMessage().setHeaders(alert.labels());
                exchange.getMessage().setHeader(OUTCOME, outcome);
                getProcessor().process(exchange);
            } catch (Throwable e) {
                exchange.setException(e);
            }
            if (exchange.getException() != null) {
                FatalErrors.escalate(exchange.getException());
                failed(exchange.getException());
            }
            releaseExchange(exchange, false);
        }

        private void failed(Throwable what) {
            getExceptionHandler().handleException("Sink " + sink.sink() + " failed", what);
        }
    }
}
