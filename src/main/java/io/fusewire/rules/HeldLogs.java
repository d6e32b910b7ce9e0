package io.fusewire.rules;

import io.fusewire.component.FailureReason;
import io.fusewire.component.Workers;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.Decision;
import io.fusewire.store.EventLogs;
import io.fusewire.store.OwnLog;
import io.fusewire.store.OwnLog.Place;
import io.fusewire.store.PendingEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs that this node judges, and where its rules stand in each: its own, and those of nodes that are gone. Three times
 * within a lease it goes on with all of them and asks for more. One thread.
 */
final class HeldLogs {
    private static final Logger LOG = LoggerFactory.getLogger(HeldLogs.class);

    private static final int MOST_REFUSED = 3;

    private final RulesModule module;
    private final PendingEvents pending;
    private final OwnLog ownLog;
    private final EventLogs logs;
    private final Duration lease;
    private final Workers workers;
    private final Map<Long, Place> held = new LinkedHashMap<>();
    private Place own;
    private boolean unread = true;
    private long lookedAt;

    HeldLogs(RulesModule module, Duration lease, Workers workers) {
        this.module = module;
        this.pending = module.pending();
        this.ownLog = pending.ownLog();
        this.logs = pending.logs();
        this.lease = lease;
        this.workers = workers;
    }

    /** All of them, as they are now. */
    List<Place> all() {
        ownLog.place().filter(log -> !isOwn(log)).ifPresent(this::again);
        long now = System.nanoTime();
        if (lookedAt == 0 || now - lookedAt > lease.toNanos() / 3) {
            unread = true;
            lookedAt = now;
            List.copyOf(held.values()).stream()
                    .filter(log -> !logs.renew(log, lease))
                    .forEach(this::again);
            logs.takeOver(lease).forEach(log -> held.put(log.log(), log));
        }
        return new ArrayList<>(held.values());
    }

    boolean isOwn(Place log) {
        return own != null && own.log() == log.log();
    }

    /** Whether to read behind the place: what memory lacks, and now and then a commit of which nobody heard. */
    boolean mustRead(Place log) {
        if (!isOwn(log)) {
            return true;
        }
        boolean must = unread || ownLog.end() != log.judged();
        unread = false;
        return must;
    }

    /**
     * Writes what was decided of the events that follow, and moves on behind them.
     *
     * @return what was written, be it a dead letter in the place of a decision that the store refuses; nothing where another
     *     has the log
     */
    List<Decision> settle(Place log, List<Decision> decisions) {
        List<Decision> settled = new ArrayList<>(decisions.size());
        insist(log, decisions, settled).ifPresentOrElse(place -> held.put(place.log(), place), () -> again(log));
        return settled;
    }

    /** Over an outage of the store too: what is decided need not be decided again. */
    private Optional<Place> insist(Place log, List<Decision> decisions, List<Decision> settled) {
        int refused = 0;
        while (true) {
            try {
                Workers.turned();
                Optional<Place> moved = pending.settle(log, decisions, lease);
                moved.ifPresent(place -> settled.addAll(decisions));
                return moved;
            } catch (StoreUnavailableException e) {
                if (!workers.running()) {
                    throw e;
                }
                workers.rest();
                refused += logs.areWritable() ? 1 : 0;
                if (refused == MOST_REFUSED && !decisions.get(0).isUndecided()) {
                    return each(log, decisions, settled, e);
                }
            }
        }
    }

    /** The store takes other decisions. One that it doesn't take by itself either becomes a dead letter. */
    private Optional<Place> each(
            Place log, List<Decision> decisions, List<Decision> settled, StoreUnavailableException refusal) {
        if (decisions.size() == 1) {
            String reason =
                    "its decision could not be stored: " + FailureReason.of(refusal.getCause(), module.redact());
            LOG.error("Event {}: {}", decisions.get(0).claimed().event().key(), reason);
            return insist(log, List.of(Decision.broken(decisions.get(0).claimed(), reason)), settled);
        }
        Optional<Place> place = Optional.of(log);
        for (Decision one : decisions) {
            if (place.isPresent()) {
                place = insist(place.get(), List.of(one), settled);
            }
        }
        return place;
    }

    /** All of it is judged: another node's has ended, where this one has its own. */
    void judged(Place log) {
        if (own != null && !isOwn(log) && logs.end(log)) {
            held.remove(log.log());
        }
    }

    /** Where this node can't go on with it as it knows it: after a commit of which nobody heard, or a thread that hung. */
    private void again(Place log) {
        if (workers.running()) {
            logs.again(log, lease).ifPresentOrElse(this::taken, () -> lost(log));
        }
    }

    private void taken(Place log) {
        held.put(log.log(), log);
        if (isNodes(log)) {
            own = log;
            ownLog.taken(log);
        }
    }

    private boolean isNodes(Place log) {
        return ownLog.place().filter(one -> one.log() == log.log()).isPresent();
    }

    private void lost(Place log) {
        LOG.info("Another gateway judges the events of log {} from here on.", log.log());
        held.remove(log.log());
        if (isNodes(log)) {
            ownLog.leave(log);
            own = null;
        }
    }

    /** Others may go on with them at once. */
    void giveUp() {
        try {
            held.values().forEach(logs::giveUp);
        } catch (StoreUnavailableException e) {
            LOG.debug("Logs were not given up; they are when their leases end", e);
        }
    }
}
