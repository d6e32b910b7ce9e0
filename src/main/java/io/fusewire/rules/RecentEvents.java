package io.fusewire.rules;

import io.fusewire.component.Workers.Signal;
import io.fusewire.event.Event;
import io.fusewire.store.Inbox;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What this node has just stored waits here for its rules, which need not read it again. It is small: what finds no room
 * waits in the store alone, and from then on so does all that is new, until the rules have emptied the store. So the order
 * stays, and nothing waits behind what came later. Thread-safe.
 */
public final class RecentEvents implements Inbox.InFlight {
    private static final int MOST = 2_000;
    private static final long MOST_BYTES = 16L << 20;

    /**
     * An event that this node is to decide.
     *
     * @param event what it says, where this node has just read it; null where it came from the store
     * @param since when it was put in
     */
    record Pending(ClaimedEvent claimed, Event event, long since) {}

    private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Signal filled = new Signal();
    private final LongSupplier nanos;
    private volatile Duration lease = Duration.ZERO;
    private volatile boolean open;

    /** @param nanos runs evenly, as {@link System#nanoTime()} does */
    public RecentEvents(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Raised when something was put in. */
    Signal filled() {
        return filled;
    }

    /** An event is in the store; where it was put in here too, this was told already. */
    void announce() {
        if (!open) {
            filled.raise();
        }
    }

    /** The rules have seen that nothing older waits in the store. */
    void open(Duration leased) {
        lease = leased;
        open = true;
    }

    /** Nothing new goes in. */
    void close() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public Duration reserve(int size) {
        if (!open) {
            return Duration.ZERO;
        }
        if (count.incrementAndGet() > MOST | bytes.addAndGet(size) > MOST_BYTES) {
            cancel(size);
            open = false;
            return Duration.ZERO;
        }
        return lease;
    }

    @Override
    public void cancel(int size) {
        count.decrementAndGet();
        bytes.addAndGet(-size);
    }

    @Override
    public void put(ClaimedEvent claimed, Event event) {
        pending.add(new Pending(claimed, event, nanos.getAsLong()));
        filled.raise();
    }

    /** Takes out the oldest, but what has lain so long that its lease may be over: the store gives that out again. */
    List<Pending> take(int most) {
        List<Pending> taken = new ArrayList<>();
        long tooOld = nanos.getAsLong() - lease.toNanos() / 2;
        while (taken.size() < most) {
            Pending next = pending.poll();
            if (next == null) {
                break;
            }
            cancel(next.event.weight());
            if (next.since - tooOld > 0) {
                taken.add(next);
            } else {
                open = false;
            }
        }
        return taken;
    }
}
