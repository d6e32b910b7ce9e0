package io.fusewire.rules;

import io.fusewire.component.FailureReason;
import io.fusewire.component.Workers;
import io.fusewire.delivery.SinkEndpoint;
import io.fusewire.error.FatalErrors;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.store.Decision;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.OwnLog;
import io.fusewire.store.OwnLog.Place;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import io.fusewire.store.ReplayedEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Takes a batch of events, from memory and from the store, hands each to every rules route, writes what they decided in one
 * commit, and then tells the sinks that keep no queue. After a crash in between, the batch is taken again and nothing is
 * doubled.
 */
final class EventBatches {
    private static final int MOST_REPLAYED = 50;
    private static final Duration REPLAYS = Duration.ofMillis(500);
    private static final AlertSpec NO_RULE = new AlertSpec("none", "info", false);

    /** All rules that there are. */
    interface Rules {
        void judge(RuleEvaluation open) throws InterruptedException;
    }

    /** A decision, and the case it was made of; none where the event could not be read. */
    private record Decided(Decision decision, Optional<RuleEvaluation> open) {}

    private final RulesModule module;
    private final EventsEndpoint events;
    private final Rules rules;
    private final Workers workers;
    private final HeldLogs logs;
    private final OwnLog.Recent recent;
    private long beganAt;
    private long replayedAt;

    /** @param events says how many and how often */
    EventBatches(RulesModule module, EventsEndpoint events, Rules rules, Workers workers) {
        this.module = module;
        this.events = events;
        this.rules = rules;
        this.workers = workers;
        this.recent = module.pending().ownLog().recent();
        this.logs = new HeldLogs(module, events.getLease(), workers);
        recent.open(true);
    }

    /** False where no event waited. */
    boolean next() throws InterruptedException {
        linger();
        beganAt = System.nanoTime();
        boolean some = false;
        for (Place log : logs.all()) {
            some |= judge(log);
        }
        if (beganAt - replayedAt > REPLAYS.toNanos()) {
            replayedAt = beganAt;
            some |= replay();
        }
        return some;
    }

    /** What comes close together shares a commit. */
    private void linger() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(beganAt + events.getLinger().toNanos() - System.nanoTime());
    }

    private boolean judge(Place log) {
        List<ClaimedEvent> pending = logs.isOwn(log) ? recent.following(log, events.getBatch()) : List.of();
        if (pending.isEmpty() && logs.mustRead(log)) {
            pending = module.pending().after(log, events.getBatch());
        }
        List<Decided> batch = new ArrayList<>(pending.size());
        for (ClaimedEvent event : pending) {
            if (!batch.isEmpty() && isOver()) {
                break;
            }
            batch.add(decide(event));
        }
        if (batch.isEmpty()) {
            logs.judged(log);
            return false;
        }
        tell(batch, logs.settle(log, batch.stream().map(Decided::decision).toList()));
        return true;
    }

    /** Events of which a rule failed, and of which somebody asked that their rules run again. */
    private boolean replay() {
        ReplayedEvents replays = module.pending().replays();
        List<ClaimedEvent> replayed = replays.claim(MOST_REPLAYED, events.getLease());
        for (ClaimedEvent event : replayed) {
            Decided decided = decide(event);
            if (replays.settle(decided.decision)) {
                tell(List.of(decided), List.of(decided.decision));
            }
        }
        return !replayed.isEmpty();
    }

    /** Rules too slow for the lease, or a stop. */
    private boolean isOver() {
        return !workers.running()
                || System.nanoTime() - beganAt > events.getLease().toNanos() / 2;
    }

    /** Others may go on. */
    void giveUp() {
        logs.giveUp();
    }

    /** One event never stops its batch. */
    private Decided decide(ClaimedEvent claimed) {
        try {
            RuleEvaluation open = new RuleEvaluation(claimed, claimed.read() == null ? read(claimed) : claimed.read());
            rules.judge(open);
            return new Decided(open.decide(module.sinks()::sink, module.silences()), Optional.of(open));
        } catch (Throwable e) {
            FatalErrors.escalate(e);
            return new Decided(Decision.broken(claimed, FailureReason.of(e, module.redact())), Optional.empty());
        }
    }

    private Event read(ClaimedEvent claimed) throws UnreadableEventException {
        return module.reader().read(claimed.event().body(), claimed.event().source());
    }

    private void tell(List<Decided> batch, List<Decision> decisions) {
        Set<Decision> settled = Collections.newSetFromMap(new IdentityHashMap<>());
        settled.addAll(decisions);
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
