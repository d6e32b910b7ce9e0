package io.fusewire.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the sinks were told of a storm, and what of it may not be. Times are nanoseconds. Thread-safe. */
final class StormLedger {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RULE = "trace-error";

    /** As a message says "1,204 in 17 min". */
    private static final Pattern COUNTED = Pattern.compile("(\\d[\\d,]*) in \\d");

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** Slack's one a second with a short burst; PagerDuty's calls a minute for one key. */
    private static final int MOST_AT_SLACK = 90;

    private static final int MOST_AT_PAGERDUTY = 120;

    /** A message that is rendered and sent a little late may be followed by one in time. */
    private static final double NEARLY = 0.8;

    /**
     * What was done.
     *
     * @param counts how many errors of each kind were sent
     * @param over how long that took
     * @param interval the least time between two messages about one incident
     * @param kills each may repeat what was in flight
     * @param slackBack when Slack took messages again
     * @param known how many errors of each kind the gateways had told, at the latest, a moment before that
     */
    record Storm(List<Long> counts, Duration over, Duration interval, int kills, long slackBack, List<Long> known) {}

    /** @param count -1 where it tells none */
    private record Told(long at, String key, String action, Optional<Integer> kind, long count) {}

    private final List<Told> slack = new CopyOnWriteArrayList<>();
    private final List<Told> pagerDuty = new CopyOnWriteArrayList<>();

    /** Slack took a message. */
    void slack(String body, long at) {
        long count = COUNTED.matcher(body)
                .results()
                .map(MatchResult::group)
                .mapToLong(StormLedger::number)
                .max()
                .orElse(-1);
        slack.add(new Told(at, "", "", StormMix.kind(body), count));
    }

    /** PagerDuty took an event. */
    void pagerDuty(String body, long at) {
        JsonNode event = read(body);
        JsonNode count = event.at("/payload/custom_details/count");
        pagerDuty.add(new Told(
                at,
                event.path("dedup_key").asText(),
                event.path("event_action").asText(),
                StormMix.kind(body),
                count.isMissingNode() ? -1 : number(count.asText())));
    }

    int slackMessages() {
        return slack.size();
    }

    int pagerDutyEvents() {
        return pagerDuty.size();
    }

    /**
     * What broke the promise, each in a sentence.
     *
     * @param open the incidents that the admin API lists as open
     * @param closed those that it lists as closed
     */
    List<String> faults(Storm storm, List<JsonNode> open, List<JsonNode> closed) {
        List<String> faults = new ArrayList<>();
        counts(storm, open, closed, faults);
        pagerDuty(storm, faults);
        slack(storm, faults);
        pace("slack", slack, MOST_AT_SLACK, faults);
        pace("pagerduty", pagerDuty, MOST_AT_PAGERDUTY, faults);
        return faults;
    }

    private static void counts(Storm storm, List<JsonNode> open, List<JsonNode> closed, List<String> faults) {
        check(faults, ofTheRule(open).isEmpty(), ofTheRule(open).size() + " incidents are still open");
        List<Long> counted = ofTheRule(closed).stream()
                .map(incident -> incident.path("count").asLong())
                .sorted()
                .toList();
        List<Long> sent = storm.counts().stream().sorted().toList();
        check(faults, counted.equals(sent), "the incidents count " + counted + ", and " + sent + " were sent");
    }

    private static List<JsonNode> ofTheRule(List<JsonNode> incidents) {
        return incidents.stream()
                .filter(incident -> incident.path("rule").asText().equals(RULE))
                .toList();
    }

    private void pagerDuty(Storm storm, List<String> faults) {
        Map<String, List<Told>> byKey = new LinkedHashMap<>();
        pagerDuty.forEach(told ->
                byKey.computeIfAbsent(told.key(), any -> new ArrayList<>()).add(told));
        int kinds = storm.counts().size();
        check(faults, byKey.size() == kinds, "pagerduty has " + byKey.size() + " keys, not " + kinds);
        Set<Integer> seen = new HashSet<>();
        byKey.forEach((key, told) -> incident(storm, key, told, seen, faults));
        check(faults, seen.size() == kinds, "pagerduty was told of " + seen.size() + " kinds of error, not " + kinds);
    }

    /** As PagerDuty sees one key: a trigger opens where nothing is open and else updates, a resolve closes what is open. */
    private static void incident(Storm storm, String key, List<Told> all, Set<Integer> seen, List<String> faults) {
        int opened = 0;
        int closed = 0;
        boolean open = false;
        long count = -1;
        Set<Integer> kinds = new HashSet<>();
        for (Told told : all) {
            told.kind().ifPresent(kinds::add);
            if (told.action().equals("resolve")) {
                check(faults, opened > 0, "pagerduty, " + key + ": resolved before it was opened");
                closed += open ? 1 : 0;
                open = false;
            } else {
                opened += open ? 0 : 1;
                open = true;
                check(faults, told.count() >= count, "pagerduty, " + key + ": " + told.count() + " after " + count);
                count = told.count();
            }
        }
        check(
                faults,
                opened == 1 && closed == 1 && !open,
                "pagerduty, " + key + ": opened " + opened + " times, closed " + closed + " times");
        check(faults, count > 0, "pagerduty, " + key + ": the last trigger tells no count");
        check(faults, kinds.size() == 1, "pagerduty, " + key + ": of the kinds " + kinds);
        for (int kind : kinds) {
            check(
                    faults,
                    count <= storm.counts().get(kind),
                    "pagerduty, " + key + ": " + count + " are more than came");
        }
        seen.addAll(kinds);
    }

    private void slack(Storm storm, List<String> faults) {
        long most = storm.counts().size()
                * (2 + storm.over().toMillis() / storm.interval().toMillis());
        check(faults, slack.size() <= most, slack.size() + " messages at slack, at most " + most + " are due");
        int early = 0;
        for (int kind = 0; kind < storm.counts().size(); kind++) {
            int of = kind;
            List<Told> told = slack.stream()
                    .filter(message -> message.kind().equals(Optional.of(of)))
                    .sorted(Comparator.comparingLong(Told::at))
                    .toList();
            check(faults, told.size() >= 2, "slack was not told that kind " + of + " began and ended");
            // The last one may be the close, which waits for nothing.
            for (int i = 1; i < told.size() - 1; i++) {
                long gap = told.get(i).at() - told.get(i - 1).at();
                early += gap < NEARLY * storm.interval().toNanos() ? 1 : 0;
            }
            Optional<Told> first = told.stream()
                    .filter(message -> message.at() >= storm.slackBack())
                    .findFirst();
            long count = first.map(Told::count).orElse(-1L);
            check(
                    faults,
                    count >= storm.known().get(of),
                    "slack, back again, was told of " + count + " of kind " + of + "; "
                            + storm.known().get(of) + " were known");
        }
        check(faults, early <= storm.kills(), early + " messages at slack before their interval was over");
    }

    private static void pace(String sink, List<Told> all, int most, List<String> faults) {
        for (int i = most; i < all.size(); i++) {
            if (all.get(i).at() - all.get(i - most).at() < MINUTE) {
                faults.add(sink + ": more than " + most + " in a minute");
                return;
            }
        }
    }

    private static long number(String text) {
        String digits = text.split(" ")[0].replaceAll("\\D", "");
        return digits.isEmpty() ? -1 : Long.parseLong(digits);
    }

    private static void check(List<String> faults, boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // What is no JSON is told as out of policy.
            return JSON.createObjectNode();
        }
    }
}
