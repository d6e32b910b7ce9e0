package io.fusewire.rules;

import io.fusewire.component.FailureReason;
import io.fusewire.component.Workers;
import io.fusewire.delivery.SinkEndpoint;
import io.fusewire.error.FatalErrors;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.rules.RecentEvents.Pending;
import io.fusewire.store.Decision;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a batch of events, from memory and from the store, hands each to every rules route, writes what they decided in one
 * commit, and then tells the sinks that keep no queue. After a crash in between, the batch is taken again and nothing is
 * doubled.
 */
final class EventBatches {
    private static final Logger LOG = LoggerFactory.getLogger(EventBatches.class);
    private static final int MOST_REFUSED = 3;
    private static final AlertSpec NO_RULE = new AlertSpec("none", "info", false);

    /** A decision, and the case it was made of; none where the event could not be read. */
    private record Decided(Decision decision, Optional<RuleEvaluation> open) {}

    private final RulesModule module;
    private final RecentEvents recent;
    private final EventsEndpoint events;
    private final Consumer<RuleEvaluation> rules;
    private final Workers workers;
    private long beganAt;
    private long lookedAt;

    /**
     * @param events says how many and how often
     * @param rules all that there are
     */
    EventBatches(RulesModule module, EventsEndpoint events, Consumer<RuleEvaluation> rules, Workers workers) {
        this.module = module;
        this.recent = module.recent();
        this.events = events;
        this.rules = rules;
        this.workers = workers;
    }

    /** False where no event waited. */
    boolean next() throws InterruptedException {
        linger();
        long began = beganAt = System.nanoTime();
        List<Pending> pending = recent.take(events.getBatch());
        if (!recent.isOpen() || began - lookedAt > events.getPollInterval().toNanos()) {
            lookedAt = began;
            pending.addAll(fromStore());
        }
        List<Decided> batch = new ArrayList<>(pending.size());
        for (Pending event : pending) {
            if (!batch.isEmpty() && isOver(began)) {
                break;
            }
            batch.add(decide(event));
        }
        if (!batch.isEmpty()) {
            settle(batch);
        }
        giveBack(pending.subList(batch.size(), pending.size()));
        return !pending.isEmpty();
    }

    /** What comes close together shares a commit. */
    private void linger() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(beganAt + events.getLinger().toNanos() - System.nanoTime());
    }

    /** What no gateway has in memory: of an earlier run, of a node that died, or of a time when there was no room. */
    private List<Pending> fromStore() {
        List<ClaimedEvent> claimed = module.pending().claim(events.getBatch(), events.getLease());
        if (claimed.size() < events.getBatch()) {
            recent.open(events.getLease());
        }
        return claimed.stream().map(event -> new Pending(event, null, 0)).toList();
    }

    /** Rules too slow for the lease, or a stop. */
    private boolean isOver(long began) {
        return !workers.running()
                || System.nanoTime() - began > events.getLease().toNanos() / 2;
    }

    /** Whatever this node still has in memory. */
    void giveBack() {
        giveBack(recent.take(Integer.MAX_VALUE));
    }

    private void giveBack(List<Pending> undecided) {
        if (!undecided.isEmpty()) {
            try {
                module.pending()
                        .giveBack(undecided.stream().map(Pending::claimed).toList());
            } catch (StoreUnavailableException e) {
                LOG.debug("Events were not given back; they are when their leases end", e);
            }
        }
    }

    /** One event never stops its batch. */
    private Decided decide(Pending pending) {
        ClaimedEvent claimed = pending.claimed();
        try {
            RuleEvaluation open =
                    new RuleEvaluation(claimed, pending.event() == null ? read(claimed) : pending.event());
            rules.accept(open);
            return new Decided(open.decide(module.sinks()::sink, module.silences()), Optional.of(open));
        } catch (Throwable e) {
            FatalErrors.escalate(e);
            return new Decided(Decision.broken(claimed, FailureReason.of(e, module.redact())), Optional.empty());
        }
    }

    private Event read(ClaimedEvent claimed) throws UnreadableEventException {
        return module.reader().read(claimed.event().body(), claimed.event().source());
    }

    private void settle(List<Decided> batch) {
        Set<Decision> settled = Collections.newSetFromMap(new IdentityHashMap<>());
        settled.addAll(insist(batch.stream().map(Decided::decision).toList()));
        settled.forEach(module.decided());
        settled.stream()
                .flatMap(Decision::addressed)
                .map(Decision.Addressed::sink)
                .distinct()
                .forEach(module.sinks()::wake);
        List<SinkEndpoint> unqueued = module.sinks().unqueued();
        for (Decided decided : batch) {
            if (settled.contains(decided.decision)) {
                decided.open.ifPresent(open -> tell(unqueued, open));
            }
        }
    }

    /** Over an outage of the store too: what is decided need not be decided again. */
    private List<Decision> insist(List<Decision> decisions) {
        int refused = 0;
        while (true) {
            try {
                Workers.turned();
                return module.pending().settle(decisions);
            } catch (StoreUnavailableException e) {
                if (!workers.running()) {
                    throw e;
                }
                workers.rest();
                refused += module.pending().canSettle() ? 1 : 0;
                if (refused == MOST_REFUSED) {
                    return decisions.size() == 1
                            ? unstorable(decisions.get(0), e)
                            : decisions.stream()
                                    .flatMap(one -> insist(List.of(one)).stream())
                                    .toList();
                }
            }
        }
    }

    /** The store takes other decisions, and not this one. Where it doesn't even take its dead letter, the event comes again. */
    private List<Decision> unstorable(Decision decision, StoreUnavailableException refusal) {
        String reason = "its decision could not be stored: " + FailureReason.of(refusal.getCause(), module.redact());
        LOG.error("Event {}: {}", decision.claimed().event().key(), reason);
        try {
            return module.pending().settle(List.of(Decision.broken(decision.claimed(), reason)));
        } catch (StoreUnavailableException e) {
            LOG.warn("Its dead letter was not stored either: {}", e.toString());
            return List.of();
        }
    }

    /** A replayed event was counted before, so sinks without a queue aren't told again. */
    private static void tell(List<SinkEndpoint> unqueued, RuleEvaluation open) {
        if (open.isReplayed()) {
            return;
        }
        for (SinkEndpoint sink : unqueued) {
            AlertSpec spec = open.specs().get(sink.sink());
            if (spec != null || sink.isEveryEvent()) {
                sink.tell(open.alert(spec == null ? NO_RULE : spec), open.outcome());
            }
        }
    }
}
