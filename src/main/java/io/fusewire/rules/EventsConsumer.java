package io.fusewire.rules;

import io.fusewire.component.FailureReason;
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
 * One thread that takes a batch of events, from memory and from the store, sends each through the rules, writes what
 * they decided in one commit, and then tells the sinks that keep no queue. After a crash in between, the batch is taken
 * again and nothing is doubled.
 */
public final class EventsConsumer extends QueueConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(EventsConsumer.class);

    /** A decision, and the case it was made of; none where the event could not be read. */
    private record Decided(Decision decision, Optional<RuleEvaluation> open) {}

    private final EventsEndpoint events;
    private final RulesModule module;
    private final RecentEvents recent;
    private long beganAt;
    private long lookedAt;

    EventsConsumer(EventsEndpoint endpoint, Processor processor) {
        super(endpoint, processor, endpoint.module().recent().filled());
        this.events = endpoint;
        this.module = endpoint.module();
        this.recent = module.recent();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        module.runBy(this);
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
        work("fusewire-events", events.getPollInterval(), this::batch);
    }

    @Override
    protected void doStop() throws Exception {
        recent.close();
        super.doStop();
        giveBack(recent.take(Integer.MAX_VALUE));
    }

    private boolean batch() throws InterruptedException {
        linger();
        long began = System.nanoTime();
        beganAt = began;
        List<Placed> placed = recent.take(events.getBatch());
        if (!recent.isOpen() || began - lookedAt > events.getPollInterval().toNanos()) {
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
    private void linger() throws InterruptedException {
        long left = beganAt + events.getLinger().toNanos() - System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(left);
    }

    /** What no gateway has in memory: of an earlier run, of a node that died, or of a time when there was no room. */
    private List<Placed> fromStore() {
        List<ClaimedEvent> claimed = module.pending().claim(events.getBatch(), events.getLease());
        if (claimed.size() < events.getBatch()) {
            recent.open(events.getLease());
        }
        return claimed.stream().map(event -> new Placed(event, null)).toList();
    }

    /** Rules too slow for the lease, or a stop. */
    private boolean isOver(long began) {
        return !workers().running()
                || System.nanoTime() - began > events.getLease().toNanos() / 2;
    }

    private void giveBack(List<Placed> undecided) {
        if (!undecided.isEmpty()) {
            try {
                module.pending()
                        .giveBack(undecided.stream().map(Placed::claimed).toList());
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
            return new Decided(open.decide(module.sinks()::sink), Optional.of(open));
        } catch (UnreadableEventException | RuntimeException e) {
            Decision broken = new Decision(claimed, List.of(), "deciding", FailureReason.of(e, module.redact()));
            return new Decided(broken, Optional.empty());
        }
    }

    private Event read(ClaimedEvent claimed) throws UnreadableEventException {
        return module.reader().read(claimed.event().body(), claimed.event().source());
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
            open.broken(exchange.getFromRouteId(), FailureReason.of(exchange.getException(), module.redact()));
        }
        releaseExchange(exchange, false);
    }

    private void settle(List<Decided> batch) {
        Set<Decision> settled = Collections.newSetFromMap(new IdentityHashMap<>());
        settled.addAll(insist(batch.stream().map(Decided::decision).toList()));
        settled.forEach(module.decided());
        settled.stream()
                .flatMap(decision -> decision.alerts().stream())
                .map(Decision.Addressed::sink)
                .distinct()
                .forEach(module.sinks()::wake);
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
                return module.pending().settle(decisions);
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
        open.specs().forEach((name, spec) -> {
            SinkEndpoint sink = module.sinks().sink(name);
            if (sink != null && !sink.queued()) {
                sink.tell(open.alert(spec), open.outcome());
            }
        });
    }
}
