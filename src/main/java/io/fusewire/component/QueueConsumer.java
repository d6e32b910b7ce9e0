package io.fusewire.component;

import io.fusewire.component.Workers.Signal;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;

/** Empties a queue with workers of its own. */
public abstract class QueueConsumer extends WorkerConsumer {
    private final Signal signal;
    private volatile Workers workers;

    public QueueConsumer(Endpoint endpoint, Processor processor, Signal signal) {
        super(endpoint, processor);
        this.signal = signal;
    }

    /** Says which workers there are, by {@link #work} and {@link #patrol}. */
    protected abstract void employ(Workers workers);

    /** @param longest as {@link Workers#add} has it */
    protected final void work(String name, Duration pollInterval, Duration longest, Workers.Turn turn) {
        workers.add(this, name, pollInterval, longest, signal, turn);
    }

    /** One that reads every {@code pollInterval} and is not woken in between. */
    protected final void patrol(String name, Duration pollInterval, Duration longest, Workers.Turn turn) {
        workers.add(this, name, pollInterval, longest, new Signal(), turn);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        doResume();
    }

    @Override
    protected void doResume() {
        workers = new Workers(getEndpoint().getCamelContext(), signal);
        employ(workers);
    }

    @Override
    protected void doSuspend() {
        if (workers != null) {
            workers.stop();
        }
    }

    @Override
    protected final Map<String, Duration> supervise() {
        return workers == null ? Map.of() : workers.supervise();
    }

    @Override
    protected int busy() {
        return workers == null ? 0 : workers.busy();
    }

    @Override
    protected void doStop() throws Exception {
        // A start that was broken off has none.
        if (workers != null) {
            workers.stop();
            workers.join();
        }
        super.doStop();
    }
}
