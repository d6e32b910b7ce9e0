package io.fusewire.webhook;

import io.fusewire.store.Inbox;
import io.vertx.core.Context;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.spi.IdempotentRepository;

/**
 * The store as the repository of an Idempotent Consumer. To note an event's key is to store the event, in one commit, so
 * nothing is confirmed and nothing is ever removed. The store's life is not this repository's. Thread-safe.
 */
public final class InboxRepository implements IdempotentRepository {
    private final Inbox inbox;
    private volatile boolean asynchronous;

    public InboxRepository(Inbox inbox) {
        this.inbox = inbox;
    }

    void serveAsynchronously() {
        asynchronous = true;
    }

    Inbox inbox() {
        return inbox;
    }

    /** Waits for the commit, which an event loop must not. */
    @Override
    public boolean add(Exchange exchange, String key) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException(unserved());
        }
        try {
            return AsyncIdempotentConsumer.keep(inbox, exchange, key).join().isNew();
        } catch (InvalidPayloadException e) {
            throw new IllegalArgumentException("Only an event can be stored; process it by readEvent first", e);
        }
    }

    @Override
    public boolean add(String key) {
        throw new IllegalStateException("The inbox stores an event, not a key alone");
    }

    /** Whether any source has an event of this key. */
    @Override
    public boolean contains(String key) {
        return inbox.find(null, key).isPresent();
    }

    /** Once stored, an event stays stored. */
    @Override
    public boolean remove(String key) {
        return false;
    }

    /** It was, by the commit. */
    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    public void clear() {
        throw new IllegalStateException("Events leave the store by retention alone");
    }

    /** @throws IllegalStateException where Camel's own Idempotent Consumer, which waits, has taken this repository */
    @Override
    public void start() {
        if (!asynchronous) {
            throw new IllegalStateException(unserved());
        }
    }

    @Override
    public void stop() {
        // The store is closed by who opened it.
    }

    private static String unserved() {
        return "META-INF/services/org/apache/camel/model/IdempotentConsumerDefinition is not on the class path (a shaded"
                + " jar that lost it?), so Camel's own Idempotent Consumer would block the HTTP server's event loops";
    }
}
