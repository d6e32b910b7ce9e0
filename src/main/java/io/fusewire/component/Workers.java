package io.fusewire.component;

import io.fusewire.error.FatalErrors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that each take from a queue and work, until they are stopped. */
public final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST_THREADS = 40;
    private static final Duration STOP = Duration.ofSeconds(10);
    /** A thread that hangs can't be ended; more of them than this would take the machine from the others. */
    private static final int MOST_HUNG = 3;

    private static final ThreadLocal<Worker> CURRENT = new ThreadLocal<>();

    /** Takes one thing, or a batch, and works on it. */
    public interface Turn {
        /** False when there was nothing to do. */
        boolean take() throws Exception;

        /** Its thread hangs, and another begins: what it has in hand comes again when its lease ends. On any thread. */
        default void hung() {}
    }

    /**
     * Wakes waiting workers early. A missed one costs a worker's poll interval and nothing else. Without a lock, since those who
     * raise it must not hang with a thread that waits.
     */
    public static final class Signal {
        private final AtomicLong raised = new AtomicLong();
        private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();

        public void raise() {
            raised.incrementAndGet();
            waiting.forEach(LockSupport::unpark);
        }

        long mark() {
            return raised.get();
        }

        /** Waits until it was raised after {@code mark}, at most {@code longest}. */
        void await(long mark, Duration longest) throws InterruptedException {
            Thread waiter = Thread.currentThread();
            long until = System.nanoTime() + longest.toNanos();
            waiting.add(waiter);
            try {
                for (long left = longest.toNanos();
                        raised.get() == mark && left > 0;
                        left = until - System.nanoTime()) {
                    LockSupport.parkNanos(this, left);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            } finally {
                waiting.remove(waiter);
            }
        }
    }

    private record Job(
            Object owner, String name, Duration every, Duration longest, Signal wakes, Turn turn, BooleanSupplier on) {}

    private final CamelContext camel;
    private final Signal signal;
    private final List<Worker> all = new CopyOnWriteArrayList<>();
    private final List<Worker> hung = new CopyOnWriteArrayList<>();
    private volatile boolean running = true;

    public Workers(CamelContext camel, Signal signal) {
        this.camel = camel;
        this.signal = signal;
    }

    /**
     * @param wakes what wakes it early, beside its poll interval
     * @param longest the longest time between two calls of {@link #turned}; after it another thread takes the turn over
     */
    public void add(Object owner, String name, Duration pollInterval, Duration longest, Signal wakes, Turn turn) {
        all.add(new Worker(new Job(owner, name, pollInterval, longest, wakes, turn, () -> true)));
    }

    /**
     * Does, on the calling worker's thread, what may take long. From a second on another thread takes turns in its place,
     * until it is done: so what is slow never has all workers, up to 40 of them.
     */
    public void covered(Runnable work, Turn turn) {
        Job slow = CURRENT.get().job;
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        done.copy()
                .orTimeout(SECOND.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> cover(slow, turn, () -> !done.isDone()));
        try {
            work.run();
        } finally {
            done.complete(true);
        }
    }

    private boolean cover(Job slow, Turn turn, BooleanSupplier needed) {
        Job cover = new Job(slow.owner, slow.name + "-cover", slow.every, slow.longest, new Signal(), turn, needed);
        return all.size() < MOST_THREADS && all.add(new Worker(cover));
    }

    /** False when they are stopped, or another has taken over from the thread that asks. */
    public boolean running() {
        Worker worker = CURRENT.get();
        return running && (worker == null || !worker.replaced);
    }

    /** How many work on something, or look for it. */
    public int busy() {
        return (int) all.stream().filter(worker -> worker.busy).count();
    }

    /** Says that the worker on whose thread it is called goes on; nothing on another thread. */
    public static void turned() {
        Worker worker = CURRENT.get();
        if (worker != null) {
            worker.turnedAt = System.nanoTime();
        }
    }

    /** Has another thread take over from each that hangs or has ended; returns how long those hang that are too many. */
    public synchronized Map<String, Duration> supervise() {
        Map<String, Duration> still = new TreeMap<>();
        hung.removeIf(worker -> worker.task.isDone());
        for (Worker worker : all) {
            Duration silent = Duration.ofNanos(System.nanoTime() - worker.turnedAt);
            boolean turns = silent.compareTo(worker.job.longest) <= 0 && !worker.task.isDone();
            if (running && !turns && !replace(worker, silent)) {
                still.put(worker.job.name, silent);
            }
        }
        return still;
    }

    private boolean replace(Worker worker, Duration silent) {
        if (hung.size() == MOST_HUNG) {
            return false;
        }
        LOG.error("{} has not turned for {} s; another thread takes over.", worker.job.name, silent.toSeconds());
        worker.replaced = true;
        worker.job.turn.hung();
        worker.thread.shutdownNow();
        hung.add(worker);
        all.set(all.indexOf(worker), new Worker(worker.job));
        return true;
    }

    /** Waits out a store that is away; ends early when the workers are stopped. */
    public void rest() {
        turned();
        long until = System.nanoTime() + SECOND.toNanos();
        while (running() && System.nanoTime() < until) {
            Thread.interrupted(); // whoever is interrupted does not wait
            LockSupport.parkNanos(until - System.nanoTime());
        }
        turned();
    }

    /** Takes nothing more; does not wait. */
    public void stop() {
        running = false;
        signal.raise();
        all.forEach(worker -> worker.thread.shutdown());
    }

    /** Lets each worker finish what it works on. */
    public void join() {
        all.forEach(worker -> camel.getExecutorServiceManager().shutdownGraceful(worker.thread, STOP.toMillis()));
        all.clear();
    }

    /** One thread, which turns until it is stopped or replaced, whatever it meets. */
    private final class Worker implements Runnable {
        private final Job job;
        private final ExecutorService thread;
        private final Future<?> task;
        private volatile long turnedAt = System.nanoTime();
        private volatile boolean busy;
        private volatile boolean replaced;

        Worker(Job job) {
            this.job = job;
            this.thread = camel.getExecutorServiceManager().newSingleThreadExecutor(job.owner, job.name);
            this.task = thread.submit(this);
        }

        @Override
        public void run() {
            CURRENT.set(this);
            while (running && !replaced && job.on.getAsBoolean()) {
                try {
                    turned();
                    Thread.interrupted(); // what a turn left behind, or somebody else: only a stop ends it
                    long mark = job.wakes.mark();
                    if (!take()) {
                        job.wakes.await(mark, job.every);
                    }
                } catch (InterruptedException e) {
                    LOG.debug("{} was interrupted, which ends it only after a stop", job.name, e);
                } catch (Throwable e) {
                    FatalErrors.escalate(e);
                    if (running()) {
                        LOG.warn("{} rests: {}, {}", job.name, e.toString(), String.valueOf(e.getCause()));
                        rest();
                    }
                }
            }
            if (running && !replaced) {
                all.remove(this);
                thread.shutdown();
            }
        }

        private boolean take() throws Exception {
            busy = true;
            try {
                return running && job.turn.take();
            } finally {
                busy = false;
            }
        }
    }
}
