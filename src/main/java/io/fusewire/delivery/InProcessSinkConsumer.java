package io.fusewire.delivery;

import io.fusewire.error.FatalErrors;
import io.fusewire.message.Alert;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/** A sink without a queue: its route runs on the rules' thread, after the commit. What it throws is logged. */
final class InProcessSinkConsumer extends DefaultConsumer implements ShutdownAware {
    private final SinkEndpoint sink;

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

    /** @param outcome what the rules made of the event, in a word */
    void tell(Alert alert, String outcome) {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(alert);
            exchange.getMessage().setHeaders(alert.labels());
            exchange.getMessage().setHeader("outcome", outcome);
            getProcessor().process(exchange);
        } catch (Throwable e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            FatalErrors.escalate(exchange.getException());
            getExceptionHandler().handleException("Sink " + sink.sink() + " failed", exchange.getException());
        }
        releaseExchange(exchange, false);
    }
}
