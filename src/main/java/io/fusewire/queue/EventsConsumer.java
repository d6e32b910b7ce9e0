package io.fusewire.queue;

import io.fusewire.event.UnreadableEvent;
import io.fusewire.store.Claimed;
import io.fusewire.store.Decision;
import io.fusewire.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * One thread that claims a batch of events, sends each through the rules, writes what they decided in one commit, and
 * then tells the sinks that keep no queue. After a crash in between, the batch is taken again and nothing is doubled.
 */
final class EventsConsumer extends QueueConsumer {

    /** A decision, and the case it was made of; none where the event could not be read. */
    private record Decided(Decision decision, Optional<EventCase> open) {}

    private final EventsEndpoint desk;

    EventsConsumer(EventsEndpoint endpoint, Processor processor) {
        super(endpoint, processor, endpoint.component().signal());
        this.desk = endpoint;
    }

    @Override
    void employ() {
        work("fusewire-events", desk.getIdle(), this::batch);
    }

    private boolean batch() {
        Ground ground = desk.component().ground();
        long began = System.nanoTime();
        List<Claimed> claimed = ground.desk().claim(desk.getBatch(), desk.getLease());
        List<Decided> batch = new ArrayList<>();
        for (Claimed event : claimed) {
            if (!batch.isEmpty() && isOver(began)) {
                break;
            }
            batch.add(decide(event, ground));
        }
        if (!batch.isEmpty()) {
            settle(batch, ground);
        }
        return !claimed.isEmpty();
    }

    /** Rules too slow for the lease, or a stop: what is left comes back when its lease is over. */
    private boolean isOver(long began) {
        return !workers().running()
                || System.nanoTime() - began > desk.getLease().toNanos() / 2;
    }

    /** One event never stops its batch. */
    private Decided decide(Claimed claimed, Ground ground) {
        try {
            EventCase open = new EventCase(
                    claimed,
                    ground.reader().read(claimed.event().body(), claimed.event().source()));
            judge(open, ground);
            return new Decided(open.decide(desk.component()::sink), Optional.of(open));
        } catch (UnreadableEvent | RuntimeException e) {
            Decision broken = new Decision(claimed, List.of(), "deciding", Reason.of(e, ground.redact()));
            return new Decided(broken, Optional.empty());
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

    private void settle(List<Decided> batch, Ground ground) {
        Set<Decision> settled = Collections.newSetFromMap(new IdentityHashMap<>());
        settled.addAll(insist(batch.stream().map(Decided::decision).toList(), ground));
        settled.forEach(ground.meters()::decided);
        desk.component().signal().raise();
        for (Decided decided : batch) {
            if (settled.contains(decided.decision)) {
                decided.open.ifPresent(this::tellUnqueued);
            }
        }
    }

    /** Over an outage of the store too: what is decided need not be decided again. */
    private List<Decision> insist(List<Decision> decisions, Ground ground) {
        while (true) {
            try {
                return ground.desk().settle(decisions);
            } catch (StoreUnavailable e) {
                if (!workers().running()) {
                    throw e;
                }
                workers().rest();
            }
        }
    }

    /** A replayed event was counted before, so sinks without a queue aren't told again. */
    private void tellUnqueued(EventCase open) {
        if (open.isReplayed()) {
            return;
        }
        open.calls().forEach((name, call) -> {
            SinkEndpoint sink = desk.component().sink(name);
            if (sink != null && !sink.queued()) {
                sink.tell(open.alert(call), open.outcome());
            }
        });
    }
}
