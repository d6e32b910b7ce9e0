package io.fusewire.rules;

import io.fusewire.component.FailureReason;
import io.fusewire.component.Ground;
import io.fusewire.component.QueueConsumer;
import io.fusewire.delivery.SinkEndpoint;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.store.ClaimedEvent;
import io.fusewire.store.Decision;
import io.fusewire.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that takes a batch of events, from the tray and from the store, sends each through the rules, writes what
 * they decided in one commit, and then tells the sinks that keep no queue. After a crash in between, the batch is taken
 * again and nothing is doubled.
 */
public final class EventsConsumer extends QueueConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(EventsConsumer.class);

    /** A decision, and the case it was made of; none where the event could not be read. */
    private record Decided(Decision decision, Optional<RuleEvaluation> open) {}

    private final EventsEndpoint desk;
    private final Ground ground;
    private final RecentEvents tray;
    private long beganAt;
    private long lookedAt;

    EventsConsumer(EventsEndpoint endpoint, Processor processor) {
        super(endpoint, processor, endpoint.component().ground().tray().filled());
        this.desk = endpoint;
        this.ground = endpoint.component().ground();
        this.tray = ground.tray();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        desk.component().desk(this);
    }

    /** What the rules make of an event that is not stored. Nobody is told. */
    public RuleEvaluation tryOut(Event event, Instant now) {
        StoredEvent stored = new StoredEvent(0, event.key(), event.source(), now, event.body());
        RuleEvaluation open = new RuleEvaluation(new ClaimedEvent(stored, false, 0), event);
        judge(open);
        return open;
    }

    @Override
    protected void employ() {
        work("fusewire-events", desk.getIdle(), this::batch);
    }

    @Override
    protected void doStop() throws Exception {
        tray.close();
        super.doStop();
        giveBack(tray.take(Integer.MAX_VALUE));
    }

    private boolean batch() throws InterruptedException {
        gather();
        long began = System.nanoTime();
        beganAt = began;
        List<Placed> placed = tray.take(desk.getBatch());
        if (!tray.isOpen() || began - lookedAt > desk.getIdle().toNanos()) {
            lookedAt = began;
            placed.addAll(fromStore());
        }
        List<Decided> batch = new ArrayList<>(placed.size());
        for (Placed event : placed) {
            if (!batch.isEmpty() && isOver(began)) {
                break;
            }
            batch.add(decide(event));
        }
        if (!batch.isEmpty()) {
            settle(batch);
        }
        giveBack(placed.subList(batch.size(), placed.size()));
        return !placed.isEmpty();
    }

    /** What comes close together shares a commit. */
    private void gather() throws InterruptedException {
        long left = beganAt + desk.getGather().toNanos() - System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(left);
    }

    /** What no tray holds: of an earlier run, of a node that died, or of a time when there was no room. */
    private List<Placed> fromStore() {
        List<ClaimedEvent> claimed = ground.desk().claim(desk.getBatch(), desk.getLease());
        if (claimed.size() < desk.getBatch()) {
            tray.open(desk.getLease());
        }
        return claimed.stream().map(event -> new Placed(event, null)).toList();
    }

    /** Rules too slow for the lease, or a stop. */
    private boolean isOver(long began) {
        return !workers().running()
                || System.nanoTime() - began > desk.getLease().toNanos() / 2;
    }

    private void giveBack(List<Placed> undecided) {
        if (!undecided.isEmpty()) {
            try {
                ground.desk().giveBack(undecided.stream().map(Placed::claimed).toList());
            } catch (StoreUnavailableException e) {
                LOG.debug("Events were not given back; they are when their leases end", e);
            }
        }
    }

    /** One event never stops its batch. */
    private Decided decide(Placed placed) {
        ClaimedEvent claimed = placed.claimed();
        try {
            RuleEvaluation open = new RuleEvaluation(claimed, placed.event() == null ? read(claimed) : placed.event());
            judge(open);
            return new Decided(open.decide(desk.component()::sink), Optional.of(open));
        } catch (UnreadableEventException | RuntimeException e) {
            Decision broken = new Decision(claimed, List.of(), "deciding", FailureReason.of(e, ground.redact()));
            return new Decided(broken, Optional.empty());
        }
    }

    private Event read(ClaimedEvent claimed) throws UnreadableEventException {
        return ground.reader().read(claimed.event().body(), claimed.event().source());
    }

    private void judge(RuleEvaluation open) {
        Exchange exchange = createExchange(false);
        try {
            open.in(exchange);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            open.broken(exchange.getFromRouteId(), FailureReason.of(exchange.getException(), ground.redact()));
        }
        releaseExchange(exchange, false);
    }

    private void settle(List<Decided> batch) {
        Set<Decision> settled = Collections.newSetFromMap(new IdentityHashMap<>());
        settled.addAll(insist(batch.stream().map(Decided::decision).toList()));
        settled.forEach(ground.meters()::decided);
        settled.stream()
                .flatMap(decision -> decision.alerts().stream())
                .map(Decision.Addressed::sink)
                .distinct()
                .forEach(desk.component()::wake);
        for (Decided decided : batch) {
            if (settled.contains(decided.decision)) {
                decided.open.ifPresent(this::tellUnqueued);
            }
        }
    }

    /** Over an outage of the store too: what is decided need not be decided again. */
    private List<Decision> insist(List<Decision> decisions) {
        while (true) {
            try {
                return ground.desk().settle(decisions);
            } catch (StoreUnavailableException e) {
                if (!workers().running()) {
                    throw e;
                }
                workers().rest();
            }
        }
    }

    /** A replayed event was counted before, so sinks without a queue aren't told again. */
    private void tellUnqueued(RuleEvaluation open) {
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
