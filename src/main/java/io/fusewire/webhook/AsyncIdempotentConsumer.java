package io.fusewire.webhook;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.processor.idempotent.IdempotentConsumer;
import org.apache.camel.processor.idempotent.NoMessageIdException;
import org.apache.camel.reifier.IdempotentConsumerReifier;
import org.apache.camel.support.TypedProcessorFactory;

/**
 * Camel's Idempotent Consumer where the repository is our inbox: an event loop does not wait for the commit that notes the
 * key, and the route goes on there after it. Any other thread waits, since a transaction may be bound to it. Over every other
 * repository the step is Camel's own.
 */
public final class AsyncIdempotentConsumer extends IdempotentConsumer {
    private final InboxRepository inbox;
    private final AtomicLong duplicates = new AtomicLong();

    private AsyncIdempotentConsumer(IdempotentConsumer stock, InboxRepository inbox) {
        super(stock.getMessageIdExpression(), inbox, true, false, stock.isSkipDuplicate(), false, stock.getProcessor());
        this.inbox = inbox;
        setDisabled(stock.isDisabled());
    }

    /** What Camel asks for the processor of each {@code idempotentConsumer}; META-INF/services names it. */
    public static final class Factory extends TypedProcessorFactory<IdempotentConsumerDefinition> {
        public Factory() {
            super(IdempotentConsumerDefinition.class);
        }

        @Override
        public Processor doCreateProcessor(Route route, IdempotentConsumerDefinition step) throws Exception {
            IdempotentConsumer stock =
                    (IdempotentConsumer) new IdempotentConsumerReifier(route, step).createProcessor();
            if (!(stock.getIdempotentRepository() instanceof InboxRepository inbox)) {
                return stock;
            }
            if (!stock.isEager() || stock.isRemoveOnFailure() || stock.isCompletionEager()) {
                throw new IllegalArgumentException("step " + step.getId() + ": the inbox stores an event with its key,"
                        + " so what was noted stays noted; say removeOnFailure: false, and neither eager: false nor"
                        + " completionEager: true");
            }
            inbox.serveAsynchronously();
            return new AsyncIdempotentConsumer(stock, inbox);
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<Boolean> stored = store(exchange);
        if (Context.isOnEventLoopThread()) {
            Context here = Vertx.currentContext();
            stored.whenComplete((isNew, fault) -> here.runOnContext(committed -> {
                if (goesOn(exchange, isNew, fault)) {
                    block().process(exchange, synchronously -> callback.done(false));
                } else {
                    callback.done(false);
                }
            }));
            return false;
        }
        if (stored.handle((isNew, fault) -> goesOn(exchange, isNew, fault)).join()) {
            return block().process(exchange, callback);
        }
        callback.done(true);
        return true;
    }

    private CompletableFuture<Boolean> store(Exchange exchange) {
        try {
            String key = getMessageIdExpression().evaluate(exchange, String.class);
            return key == null
                    ? CompletableFuture.failedFuture(new NoMessageIdException(exchange, getMessageIdExpression()))
                    : inbox.addLater(exchange, key);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whether the block follows: for what is new, and for a copy where the step says so. */
    private boolean goesOn(Exchange exchange, Boolean isNew, Throwable fault) {
        if (fault != null) {
            exchange.setException(fault instanceof CompletionException ? fault.getCause() : fault);
            return false;
        }
        if (!isNew) {
            duplicates.incrementAndGet();
            exchange.setProperty(Exchange.DUPLICATE_MESSAGE, true);
        }
        return isNew || !isSkipDuplicate();
    }

    private AsyncProcessor block() {
        return (AsyncProcessor) getProcessor();
    }

    @Override
    public long getDuplicateMessageCount() {
        return duplicates.get();
    }

    @Override
    public void resetDuplicateMessageCount() {
        duplicates.set(0);
    }
}
