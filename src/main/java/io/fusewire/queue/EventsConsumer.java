package io.fusewire.queue;

import io.fusewire.event.UnreadableEvent;
import io.fusewire.store.Decision;
import io.fusewire.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/**
 * One thread that claims a batch of events, sends each through the rules, writes what they decided in one commit, and
 * then tells the sinks that keep no queue. After a crash in between, the batch is taken again and nothing is doubled.
 */
final class EventsConsumer extends DefaultConsumer {
    private final EventsEndpoint desk;
    private Workers workers;

    EventsConsumer(EventsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.desk = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        workers = new Workers(desk.getCamelContext(), desk.component().signal());
        workers.add(this, "fusewire-events", desk.getIdle(), this::batch);
    }

    @Override
    protected void doStop() throws Exception {
        workers.stop();
        super.doStop();
    }

    private boolean batch() throws InterruptedException {
        Ground ground = desk.component().ground();
        List<StoredEvent> events = ground.desk().claim(desk.getBatch(), desk.getLease());
        List<EventCase> cases = new ArrayList<>(events.size());
        List<Decision> decisions = new ArrayList<>(events.size());
        for (StoredEvent event : events) {
            decisions.add(decide(event, cases, ground));
        }
        if (!decisions.isEmpty()) {
            ground.desk().settle(decisions);
            desk.component().signal().raise();
            decisions.forEach(ground.meters()::decided);
            cases.forEach(this::tellUnqueued);
        }
        return !events.isEmpty();
    }

    /** One event never stops its batch. A replayed one was counted before, so sinks without a queue aren't told again. */
    private Decision decide(StoredEvent stored, List<EventCase> cases, Ground ground) {
        try {
            EventCase open = new EventCase(stored, ground.reader().read(stored.body(), stored.source()));
            judge(open, ground);
            Decision decision = open.decide(desk.component()::sink);
            if (!stored.replayed()) {
                cases.add(open);
            }
            return decision;
        } catch (UnreadableEvent | RuntimeException e) {
            return new Decision(stored, List.of(), "deciding", Reason.of(e, ground.redact()));
        }
    }

    private void judge(EventCase open, Ground ground) {
        Exchange exchange = createExchange(false);
        try {
            open.in(exchange);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            open.broken(exchange.getFromRouteId(), Reason.of(exchange.getException(), ground.redact()));
        }
        releaseExchange(exchange, false);
    }

    private void tellUnqueued(EventCase open) {
        open.calls().forEach((name, call) -> {
            SinkEndpoint sink = desk.component().sink(name);
            if (sink != null && !sink.queued()) {
                sink.tell(open.alert(call), open.outcome());
            }
        });
    }
}
