package io.fusewire.component;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/**
 * A consumer whose exchanges are made by workers. On a stop Camel suspends all consumers, then tells redeliveries to end,
 * and stops nothing while one is busy: so routes stay until what the workers are at is done.
 */
public abstract class WorkerConsumer extends DefaultConsumer implements ShutdownAware, Suspendable {
    protected WorkerConsumer(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /** How many of its workers work on something, or look for it. */
    protected abstract int busy();

    /** As {@link Workers#supervise} has it. */
    protected abstract Map<String, Duration> supervise();

    /** Those of all routes in a context: as {@link Workers#supervise} has it. */
    public static Map<String, Duration> supervise(CamelContext camel) {
        Map<String, Duration> still = new TreeMap<>();
        for (Route route : camel.getRoutes()) {
            if (route.getConsumer() instanceof WorkerConsumer consumer) {
                still.putAll(consumer.supervise());
            }
        }
        return still;
    }

    /** Takes nothing more; does not wait. */
    @Override
    protected abstract void doSuspend();

    @Override
    public final boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    @Override
    public final void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Suspending it was all.
    }

    /** Between two exchanges of a batch Camel sees none in flight, but the next one needs the route. */
    @Override
    public int getPendingExchangesSize() {
        return busy();
    }
}
