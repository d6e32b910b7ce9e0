package io.fusewire.store;

import io.fusewire.event.Event;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The idempotent repository of the accept route. Noting a key <em>is</em> storing the event and its place at the desk,
 * in one commit shared by all exchanges that wait: so nothing is ever removed again, and nothing needs confirming.
 * Blocks the caller until the commit. Thread-safe.
 */
public final class Inbox extends ServiceSupport implements IdempotentRepository {

    /** Takes events that this node has just stored, so that nobody need read them again. Thread-safe. */
    public interface Tray {

        /** How long an event of this size would be in hand; zero where there is no room, or nobody who takes it out. */
        Duration reserve(int bytes);

        /** What was reserved is not needed. */
        void cancel(int bytes);

        /** An event that there is room for: it is stored, and ours until its lease is over. */
        void put(Claimed claimed, Event event);
    }

    private final Store store;
    private final Backlog backlog;
    private final Tray tray;
    private volatile boolean failing;

    public Inbox(Store store, Backlog backlog, Tray tray) {
        this.store = store;
        this.backlog = backlog;
        this.tray = tray;
    }

    /**
     * Stores the exchange's event.
     *
     * @return false when the store holds the key already, and that first copy is committed
     * @throws StoreUnavailable when nothing was promised; a {@link BacklogFull} when too much waits already
     */
    @Override
    public boolean add(Exchange exchange, String key) {
        if (backlog.isFull()) {
            throw new BacklogFull();
        }
        try {
            boolean isNew = keep(key, exchange.getMessage().getBody(Event.class));
            failing = false;
            return isNew;
        } catch (StoreUnavailable e) {
            failing = true;
            throw e;
        }
    }

    private boolean keep(String key, Event event) {
        int size = event.body().length;
        Duration lease = tray.reserve(size);
        boolean inHand = false;
        try {
            Kept kept = store.keep(new Arrival(key, event.source(), event.type(), event.body(), lease));
            inHand = kept.leasedUntil() > 0;
            if (inHand) {
                tray.put(claimed(key, event, kept), event);
            }
            return kept.isNew();
        } finally {
            if (!lease.isZero() && !inHand) {
                tray.cancel(size);
            }
        }
    }

    private static Claimed claimed(String key, Event event, Kept kept) {
        Instant receivedAt = Instant.ofEpochMilli(kept.receivedAt());
        return new Claimed(
                new StoredEvent(kept.id(), key, event.source(), receivedAt, event.body()), false, kept.leasedUntil());
    }

    /**
     * Says whether events can be stored: by the last one, and after one that failed by a small write of its own, so that
     * readiness comes back without traffic.
     *
     * @throws StoreUnavailable when they can't
     */
    public void check() {
        if (failing) {
            store.write(session -> {
                session.update("chore-insert", "check");
                return session.update("chore-take", session.now(), "check", session.now());
            });
            failing = false;
        }
    }

    @Override
    public boolean add(String key) {
        throw new IllegalStateException("an event is stored with its exchange");
    }

    @Override
    public boolean contains(String key) {
        return store.read(session -> session.first("event-known", row -> row.getInt(1), key))
                .isPresent();
    }

    /** Once stored, an event stays stored: this does nothing. */
    @Override
    public boolean remove(String key) {
        return false;
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    /** The event log isn't cleared through this door: this does nothing. */
    @Override
    public void clear() {}
}
