package io.fusewire.store;

import io.fusewire.event.Event;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The idempotent repository of the accept route. Noting a key <em>is</em> storing the event and its place at the desk,
 * in one commit shared by all exchanges that wait: so nothing is ever removed again, and nothing needs confirming.
 * Blocks the caller until the commit. Thread-safe.
 */
public final class Inbox extends ServiceSupport implements IdempotentRepository {
    private final Store store;
    private final Backlog backlog;
    private volatile boolean failing;

    public Inbox(Store store, Backlog backlog) {
        this.store = store;
        this.backlog = backlog;
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
            Event event = exchange.getMessage().getBody(Event.class);
            boolean isNew = store.keep(new Arrival(key, event.source(), event.type(), event.body()));
            failing = false;
            return isNew;
        } catch (StoreUnavailable e) {
            failing = true;
            throw e;
        }
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
