package io.fusewire.webhook;

import io.fusewire.event.Event;
import io.fusewire.store.Inbox;
import io.fusewire.store.Inbox.Stored;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
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
    /** The exchange property that holds the event's number in the store, where that is known. */
    public static final String NUMBER = "number";

    private final Inbox inbox;
    private final Map<EventLoop, Resumption> resumptions = new ConcurrentHashMap<>();
    private final AtomicLong duplicates = new AtomicLong();

    private AsyncIdempotentConsumer(IdempotentConsumer stock, InboxRepository repository) {
        super(
                stock.getMessageIdExpression(),
                repository,
                true,
                false,
                stock.isSkipDuplicate(),
                false,
                stock.getProcessor());
        this.inbox = repository.inbox();
        setDisabled(stock.isDisabled());
    }

    /** What goes on on one event loop. It is woken once for all that one commit has stored. */
    static final class Resumption implements Runnable {
        private final EventLoop loop;
        private final Queue<Runnable> stored = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean woken = new AtomicBoolean();

        Resumption(EventLoop loop) {
            this.loop = loop;
        }

        void add(Runnable next) {
            stored.add(next);
            if (!woken.get() && woken.compareAndSet(false, true)) {
                loop.execute(this);
            }
        }

        @Override
        public void run() {
            woken.set(false);
            for (Runnable next = stored.poll(); next != null; next = stored.poll()) {
                next.run();
            }
        }
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
            if (!(stock.getIdempotentRepository() instanceof InboxRepository repository)) {
                return stock;
            }
            if (!stock.isEager() || stock.isRemoveOnFailure() || stock.isCompletionEager()) {
                throw new IllegalArgumentException("step " + step.getId() + ": the inbox stores an event with its key,"
                        + " so what was noted stays noted; say removeOnFailure: false, and neither eager: false nor"
                        + " completionEager: true");
            }
            repository.serveAsynchronously();
            return new AsyncIdempotentConsumer(stock, repository);
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<Stored> stored = store(exchange);
        if (Context.isOnEventLoopThread()) {
            ContextInternal here = (ContextInternal) Vertx.currentContext();
            Resumption resumption = resumptions.computeIfAbsent(here.nettyEventLoop(), Resumption::new);
            stored.whenComplete((event, fault) -> resumption.add(() -> here.dispatch(committed -> {
                if (goesOn(exchange, event, fault)) {
                    block().process(exchange, synchronously -> callback.done(false));
                } else {
                    callback.done(false);
                }
            })));
            return false;
        }
        if (stored.handle((event, fault) -> goesOn(exchange, event, fault)).join()) {
            return block().process(exchange, callback);
        }
        callback.done(true);
        return true;
    }

    private CompletableFuture<Stored> store(Exchange exchange) {
        try {
            String key = getMessageIdExpression().evaluate(exchange, String.class);
            return key == null
                    ? CompletableFuture.failedFuture(new NoMessageIdException(exchange, getMessageIdExpression()))
                    : keep(inbox, exchange, key);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Stores the exchange's {@link Event}. Does not wait.
     *
     * @param key the event's own
     * @return as {@link Inbox#keep}
     */
    static CompletableFuture<Stored> keep(Inbox inbox, Exchange exchange, String key) throws InvalidPayloadException {
        Event event = exchange.getMessage().getMandatoryBody(Event.class);
        if (!event.key().equals(key)) {
            throw new IllegalArgumentException("An event is stored under its own key: ${exchangeProperty.key}");
        }
        return inbox.keep(event);
    }

    /** Whether the block follows: for what is new, and for a copy where the step says so. */
    private boolean goesOn(Exchange exchange, Stored event, Throwable fault) {
        if (fault != null) {
            exchange.setException(fault instanceof CompletionException ? fault.getCause() : fault);
            return false;
        }
        if (event.number() > 0) {
            exchange.setProperty(NUMBER, event.number());
        }
        if (!event.isNew()) {
            duplicates.incrementAndGet();
            exchange.setProperty(Exchange.DUPLICATE_MESSAGE, true);
        }
        return event.isNew() || !isSkipDuplicate();
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
