package io.fusewire.rules;

import io.fusewire.component.Workers.Signal;
import io.fusewire.event.Event;
import io.fusewire.store.EventLogs.Place;
import io.fusewire.store.Inbox;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What this node has just stored waits here for its rules, which need not read it again. It is small: what finds no room
 * waits in the store alone, where the rules find it, since each event says which one is before it. Thread-safe.
 */
public final class RecentEvents implements Inbox.InFlight {
    private static final int MOST = 2_000;
    private static final long MOST_BYTES = 16L << 20;

    /**
     * An event that this node is to decide.
     *
     * @param event what it says, where this node has just read it; null where it came from the store
     */
    record Pending(ClaimedEvent claimed, Event event) {
        long id() {
            return claimed.event().id();
        }
    }

    private record Recent(Pending pending, long log, long before) {}

    private final Queue<Recent> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Signal filled = new Signal();
    private volatile boolean open;

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

    /** The rules take events. */
    void open() {
        open = true;
    }

    /** Nothing new goes in. */
    void close() {
        open = false;
    }

    @Override
    public boolean reserve(int size) {
        if (!open) {
            return false;
        }
        if (count.incrementAndGet() > MOST | bytes.addAndGet(size) > MOST_BYTES) {
            cancel(size);
            return false;
        }
        return true;
    }

    @Override
    public void cancel(int size) {
        count.decrementAndGet();
        bytes.addAndGet(-size);
    }

    @Override
    public void put(StoredEvent stored, Event event, long log, long before) {
        waiting.add(new Recent(new Pending(new ClaimedEvent(stored, false), event), log, before));
        filled.raise();
    }

    /** Takes the events that follow the place, up to the first of which one before it lies in the store alone. One thread. */
    List<Pending> following(Place place, int most) {
        List<Pending> following = new ArrayList<>();
        long at = place.judged();
        for (Recent next = waiting.peek(); next != null && following.size() < most; next = waiting.peek()) {
            boolean passed = next.log != place.log() || next.pending.id() <= at;
            if (!passed && next.before != at) {
                break;
            }
            waiting.remove();
            cancel(next.pending.event.weight());
            if (!passed) {
                following.add(next.pending);
                at = next.pending.id();
            }
        }
        return following;
    }
}
