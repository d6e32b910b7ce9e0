package io.fusewire.component;

import io.fusewire.error.FatalErrors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Makes an Error of a step, a stack overflow of a regular expression say, an exception of its exchange: policies see it,
 * and the exchange ends. Camel's own steps catch exceptions alone (FilterProcessor, 4.18.0). Thread-safe.
 */
public final class ErrorContainment implements InterceptStrategy {
    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext camel, NamedNode step, Processor target, Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                try {
                    return super.process(exchange, callback);
                } catch (Error e) {
                    FatalErrors.escalate(e);
                    exchange.setException(e);
                    callback.done(true);
                    return true;
                }
            }
        };
    }
}
