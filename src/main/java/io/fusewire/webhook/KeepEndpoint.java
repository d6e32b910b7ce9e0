package io.fusewire.webhook;

import io.fusewire.component.SendOnlyEndpoint;
import io.fusewire.event.Event;
import io.fusewire.store.Inbox;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * {@code fusewire:keep}: stores the exchange's {@link Event}, once for its key, and lets the route go on when it is
 * durable. A copy is marked as the Idempotent Consumer marks it, by the exchange property {@code CamelDuplicateMessage}.
 * An event loop of Vert.x does not wait: the route goes on there after the commit. Any other thread waits.
 */
public final class KeepEndpoint extends SendOnlyEndpoint {
    private final Inbox inbox;

    KeepEndpoint(String uri, Component component, Inbox inbox) {
        super(uri, component);
        this.inbox = inbox;
    }

    @Override
    public Producer createProducer() {
        return new DefaultAsyncProducer(this) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                return keep(exchange, callback);
            }
        };
    }

    private boolean keep(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<Boolean> kept;
        try {
            kept = inbox.keep(exchange.getMessage().getMandatoryBody(Event.class));
        } catch (InvalidPayloadException e) {
            kept = CompletableFuture.failedFuture(e);
        }
        if (Context.isOnEventLoopThread()) {
            Context here = Vertx.currentContext();
            kept.whenComplete((isNew, fault) -> here.runOnContext(committed -> {
                note(exchange, isNew, fault);
                callback.done(false);
            }));
            return false;
        }
        kept.handle((isNew, fault) -> note(exchange, isNew, fault)).join();
        callback.done(true);
        return true;
    }

    private static Void note(Exchange exchange, Boolean isNew, Throwable fault) {
        if (fault != null) {
            exchange.setException(fault instanceof CompletionException ? fault.getCause() : fault);
        } else if (!isNew) {
            exchange.setProperty(Exchange.DUPLICATE_MESSAGE, true);
        }
        return null;
    }
}
