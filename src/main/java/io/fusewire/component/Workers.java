package io.fusewire.component;

import io.fusewire.error.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that each take from a queue and work, until they are stopped. */
public final class Workers {
    /** Wakes waiting workers early. A missed one costs a worker's poll interval and nothing else. */
    public static final class Signal {
        private long raised;

        public synchronized void raise() {
            raised++;
            notifyAll();
        }

        synchronized long mark() {
            return raised;
        }

        /** Waits until it was raised after {@code mark}, at most {@code longest}. */
        synchronized void await(long mark, Duration longest) throws InterruptedException {
            if (raised == mark) {
                wait(longest.toMillis());
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration STORE_AWAY = Duration.ofSeconds(1);
    private static final long STOP_SECONDS = 10;

    /** Takes one thing, or a batch, and works on it. */
    public interface Turn {
        /** False when there was nothing to do. */
        boolean take() throws Exception;
    }

    private final CamelContext camel;
    private final Signal signal;
    private final List<ExecutorService> threads = new ArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile boolean running = true;

    public Workers(CamelContext camel, Signal signal) {
        this.camel = camel;
        this.signal = signal;
    }

    /** @param wakes what wakes it early, beside its poll interval */
    public void add(Object owner, String name, Duration pollInterval, Signal wakes, Turn turn) {
        ExecutorService thread = camel.getExecutorServiceManager().newSingleThreadExecutor(owner, name);
        threads.add(thread);
        thread.execute(() -> run(name, pollInterval, wakes, turn));
    }

    public boolean running() {
        return running;
    }

    /** How many work on something, or look for it. */
    public int busy() {
        return busy.get();
    }

    private void run(String name, Duration pollInterval, Signal wakes, Turn turn) {
        while (running) {
            try {
                long mark = wakes.mark();
                if (!take(turn)) {
                    wakes.await(mark, pollInterval);
                }
            } catch (InterruptedException e) {
                running = false;
            } catch (Exception e) {
                if (running) {
                    LOG.warn("{} rests for {}: {}", name, STORE_AWAY, reason(e));
                    rest();
                }
            }
        }
    }

    private boolean take(Turn turn) throws Exception {
        busy.incrementAndGet();
        try {
            return running && turn.take();
        } finally {
            busy.decrementAndGet();
        }
    }

    /** Waits out a store that is away; ends early when the workers are stopped. */
    public void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(STORE_AWAY.toMillis());
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private static String reason(Exception e) {
        return e instanceof StoreUnavailableException && e.getCause() != null
                ? e.getMessage() + ", " + e.getCause()
                : e.toString();
    }

    /** Takes nothing more; does not wait. */
    public void stop() {
        running = false;
        signal.raise();
        threads.forEach(ExecutorService::shutdown);
    }

    /** Lets each worker finish what it works on. */
    public void join() {
        for (ExecutorService thread : threads) {
            camel.getExecutorServiceManager().shutdownGraceful(thread, TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        }
        threads.clear();
    }
}
