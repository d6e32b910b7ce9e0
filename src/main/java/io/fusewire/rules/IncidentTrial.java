package io.fusewire.rules;

import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Backlog;
import io.fusewire.store.Decision;
import io.fusewire.store.Decision.Grouping;
import io.fusewire.store.EventHistory;
import io.fusewire.store.Inbox;
import io.fusewire.store.IncidentHistory;
import io.fusewire.store.IncidentSchedule;
import io.fusewire.store.OwnLog.Place;
import io.fusewire.store.PendingEvents;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import io.fusewire.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the rules in force make of events that come one after the other: the incidents that they open, join and close, and
 * what each sink is told when. They go through a store of their own, whose time is what the caller says; nothing is sent.
 * Times count from the beginning. One thread.
 */
public final class IncidentTrial implements AutoCloseable {
    static final Duration LEASE = Duration.ofMinutes(1);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");
    private static final int MOST_MOMENTS = 1_000;

    /**
     * What a sink is told.
     *
     * @param kind opened, developing, graver, still-open, closed; or message, which is of no incident
     * @param count the incident's alerts by then
     * @param reason why it closed, or null
     */
    public record Told(Duration at, String sink, String kind, long count, String reason) {}

    private final RulesModule rules;
    private final Store store;
    private final Inbox inbox;
    private final PendingEvents pending;
    private final IncidentSchedule schedule;
    private final IncidentHistory history;
    private final TrialSinks sinks;
    private final Set<Long> touched = new HashSet<>();
    private final Set<Duration> spans = new HashSet<>();
    private final TreeSet<Instant> due = new TreeSet<>();
    private Instant begin = BEGIN;
    private volatile Instant now = BEGIN;
    private Place place;
    private int events;
    private int moments;

    /**
     * @param folder empty, for the store
     * @param mostOpen as of {@link PendingEvents}
     */
    IncidentTrial(RulesModule rules, Path folder, int mostOpen) {
        this.rules = rules;
        store = Store.embedded(folder, () -> now, Duration.ofSeconds(10));
        inbox = new Inbox(store, new Backlog(store, Long.MAX_VALUE));
        pending = new PendingEvents(store, mostOpen, changed -> {});
        sinks = new TrialSinks(rules.sinks(), store);
        schedule = new IncidentSchedule(store, changed -> {});
        history = new IncidentHistory(store, changed -> {});
    }

    /**
     * Lets time pass until then, and does what falls due meanwhile. Never back.
     *
     * @throws IllegalArgumentException in a sentence, when that is too much
     */
    public void until(Duration at) {
        Instant end = begin.plus(at).isAfter(now) ? begin.plus(at) : now;
        while (!due.isEmpty() && !due.first().isAfter(end)) {
            now = due.pollFirst();
            turn(false);
        }
        now = end;
    }

    /**
     * An event comes now, which is new whatever its ids. The time that the first one tells is when it comes.
     *
     * @return the incidents that its alerts joined, as the admin API tells them, and as {@code is} what it did to each: opened,
     *     joined, graver, closed, or late
     * @throws UnreadableEventException as the webhook would, and when a rule fails for it
     */
    public List<Map<String, Object>> arrive(byte[] body, String source) throws UnreadableEventException {
        Event read = rules.reader().read(body, source);
        if (events == 0) {
            begin(read);
        }
        Event event = new Event("event " + ++events, read.source(), read.body(), read.json(), read.labels());
        inbox.keep(event).join();
        place = place == null ? pending.ownLog().place().orElseThrow() : place;
        ClaimedEvent claimed = pending.after(place, 1).get(0);
        RuleEvaluation open = rules.worker().tryOut(claimed, event);
        Decision decision = open.decide(rules.sinks()::sink, new ActiveSilences(store, System::nanoTime));
        if (decision.brokenRule() != null) {
            throw new UnreadableEventException("rule " + decision.brokenRule() + " failed: " + decision.reason());
        }
        Map<Long, Map<String, Object>> before = new HashMap<>();
        touched.forEach(id -> before.put(id, incident(id)));
        place = pending.settle(place, List.of(TrialSinks.reached(decision)), LEASE)
                .orElseThrow();
        decision.joined().forEach(alert -> note(alert.spec().grouping()));
        List<Map<String, Object>> joined = new ArrayList<>();
        for (Long id : joined(claimed)) {
            Map<String, Object> incident = incident(id);
            incident.put("is", done(before.get(id), incident));
            joined.add(incident);
            touched.add(id);
        }
        turn(true);
        return joined;
    }

    /** An incident as it is now, with the names of the admin API. */
    public Map<String, Object> incident(long id) {
        Map<String, Object> incident = history.get(id);
        incident.put("is", incident.get("state"));
        return incident;
    }

    /** What each sink was told so far, in order. */
    public List<Told> told() {
        return sinks.told();
    }

    @Override
    public void close() {
        store.close();
    }

    private Set<Long> joined(ClaimedEvent event) {
        return new EventHistory(store)
                .find(String.valueOf(event.event().id())).stream()
                        .flatMap(one -> one.incidents().stream())
                        .map(EventHistory.Joined::id)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private void begin(Event first) {
        Duration passed = Duration.between(begin, now);
        AlertRouting.AlertCause.time(first)
                .filter(time -> time.isAfter(Instant.EPOCH.plus(passed)) && time.isBefore(LAST))
                .ifPresent(time -> {
                    begin = time.minus(passed);
                    now = time;
                });
    }

    private static String done(Map<String, Object> before, Map<String, Object> after) {
        if (before == null) {
            return "open".equals(after.get("state")) ? "opened" : "closed";
        }
        if (!before.get("state").equals(after.get("state"))) {
            return "closed";
        }
        String more = before.get("severity").equals(after.get("severity")) ? "joined" : "graver";
        return before.get("late").equals(after.get("late")) ? more : "late";
    }

    private void note(Grouping grouping) {
        Stream.of(grouping.groupWait(), grouping.groupInterval(), grouping.repeatInterval(), grouping.resolveAfter())
                .filter(Objects::nonNull)
                .forEach(spans::add);
    }

    /** Whatever falls due does so one of the spans after something happened, or at once when something else fell due. */
    private void turn(boolean happened) {
        if (++moments > MOST_MOMENTS) {
            throw new IllegalArgumentException("more than 1,000 times something falls due in it; let it end sooner.");
        }
        int before = told().size();
        boolean fell = schedule.due() > 0;
        sinks.tell(Duration.between(begin, now));
        if (happened || fell || told().size() > before) {
            spans.forEach(span -> due.add(now.plus(span)));
        }
        if (fell) {
            due.add(now);
        }
    }
}
