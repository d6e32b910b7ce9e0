package io.fusewire.store;

import io.fusewire.event.Event;
import java.util.Optional;
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

    public Inbox(Store store) {
        this.store = store;
    }

    /**
     * Stores the exchange's event.
     *
     * @return false when the store holds the key already, and that first copy is committed
     * @throws StoreUnavailable when nothing was promised
     */
    @Override
    public boolean add(Exchange exchange, String key) {
        Event event = exchange.getMessage().getBody(Event.class);
        return store.write(session -> insert(session, event, key));
    }

    private boolean insert(Session session, Event event, String key) throws java.sql.SQLException {
        Optional<Long> id = session.first(
                "event-insert", row -> row.getLong(1), key, event.source(), event.type(), store.now(), event.body());
        if (id.isPresent()) {
            session.update("desk-insert", id.get(), 0);
        }
        return id.isPresent();
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
