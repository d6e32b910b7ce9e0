package io.fusewire.component;

import io.fusewire.error.FatalErrors;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.WrapAwareProcessor;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** What is ours about the steps of routes: endpoints that are one, what becomes of an Error in any, and an exchange for those that only read. */
public final class Steps {
    private Steps() {}

    /** An endpoint that a route can only send to: one step. */
    public abstract static class SendOnlyEndpoint extends DefaultEndpoint {
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

    /**
     * Makes an Error of a step, a stack overflow of a regular expression say, an exception of its exchange: policies see it,
     * and the exchange ends. Camel's own steps catch exceptions alone (FilterProcessor, 4.18.0). Thread-safe.
     */
    public static final class ErrorContainment implements InterceptStrategy {
        @Override
        public Processor wrapProcessorInInterceptors(
                CamelContext camel, NamedNode step, Processor target, Processor nextTarget) {
            return new Contained(target);
        }

        /** One layer: Camel would put another around what is not aware of what it wraps. */
        private static final class Contained extends DelegateAsyncProcessor implements WrapAwareProcessor {
            private final Processor step;

            Contained(Processor step) {
                super(step);
                this.step = step;
            }

            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                try {
                    return processor.process(exchange, callback);
                } catch (Error e) {
                    FatalErrors.escalate(e);
                    exchange.setException(e);
                    callback.done(true);
                    return true;
                }
            }

            @Override
            public Processor getWrapped() {
                return step;
            }
        }
    }

    /**
     * An exchange whose message has these headers, which nobody may change any more: they are read where they lie.
     *
     * @param labels an event's, as routes know them
     * @param further what else it says
     */
    public static Exchange exchange(
            CamelContext camel, Object body, Map<String, Object> labels, Map<String, Object> further) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.setIn(new LabelsMessage(exchange, labels, further));
        exchange.getIn().setBody(body);
        return exchange;
    }

    /** Copying the labels is dearer than all that is done with most events; whoever changes a header gets the copy. */
    private static final class LabelsMessage extends DefaultMessage {
        private final Map<String, Object> labels;
        private final Map<String, Object> further;

        LabelsMessage(Exchange exchange, Map<String, Object> labels, Map<String, Object> further) {
            super(exchange);
            this.labels = labels;
            this.further = further;
        }

        @Override
        public Object getHeader(String name) {
            if (hasPopulatedHeaders()) {
                return super.getHeader(name);
            }
            Object found = labels.get(name);
            found = found == null ? further.get(name) : found;
            return found == null ? ignoringCase(name) : found;
        }

        private Object ignoringCase(String name) {
            for (Map<String, Object> each : List.of(labels, further)) {
                for (Map.Entry<String, Object> label : each.entrySet()) {
                    if (label.getKey().equalsIgnoreCase(name)) {
                        return label.getValue();
                    }
                }
            }
            return null;
        }

        @Override
        protected void populateInitialHeaders(Map<String, Object> headers) {
            headers.putAll(labels);
            headers.putAll(further);
        }
    }
}
