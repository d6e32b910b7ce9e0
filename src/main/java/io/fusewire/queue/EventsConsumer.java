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
            EventCase open = judge(event, ground);
            cases.add(open);
            decisions.add(open.decide(desk.component()::sink));
        }
        if (!decisions.isEmpty()) {
            ground.desk().settle(decisions);
            desk.component().signal().raise();
            decisions.forEach(ground.meters()::decided);
            for (int i = 0; i < decisions.size(); i++) {
                tellUnqueued(cases.get(i), decisions.get(i));
            }
        }
        return !events.isEmpty();
    }

    private EventCase judge(StoredEvent stored, Ground ground) {
        EventCase open;
        try {
            open = new EventCase(stored, ground.reader().read(stored.body(), stored.source()));
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("an accepted event can't be read any more: " + stored.key(), e);
        }
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
        return open;
    }

    private void tellUnqueued(EventCase open, Decision decision) {
        open.calls().forEach((name, call) -> {
            SinkEndpoint sink = desk.component().sink(name);
            if (sink != null && !sink.queued()) {
                sink.tell(open.alert(call), open.outcome(decision));
            }
        });
    }
}
