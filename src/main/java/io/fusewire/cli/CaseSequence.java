package io.fusewire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fusewire.rules.Explanation;
import io.fusewire.rules.IncidentTrial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;

/**
 * What a case says of incidents: events that come one after the other, what each does, and what each sink is told when.
 *
 * @param told by sink, in order; null where the case does not say
 */
record CaseSequence(List<Step> steps, Map<String, List<Message>> told) {
    private static final int MOST_STEPS = 100;
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,3}d)?(\\d{1,5}h)?(\\d{1,6}m)?(\\d{1,8}s)?");
    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");
    private static final List<String> FIELDS =
            List.of("is", "rule", "severity", "count", "late", "reason", "group", "held");
    private static final List<String> DONE = List.of("opened", "joined", "graver", "closed", "late", "none");
    private static final List<String> STATES = List.of("open", "closed");
    private static final List<String> KINDS =
            List.of("opened", "developing", "graver", "still-open", "closed", "message");
    private static final List<String> REASONS = List.of("quiet", "recovered", "stale");

    /**
     * A moment of the case.
     *
     * @param event null where none comes
     * @param incidents fields by the admin API's names, and as {@code is} what the event does: of those that its alerts join,
     *     or where none comes of the one that was touched last; null where the case does not say
     */
    record Step(Duration at, byte[] event, String source, List<JsonNode> incidents) {}

    /**
     * What a sink is told.
     *
     * @param count the incident's alerts; null where the case does not say
     * @param reason why it closed; null where the case does not say
     */
    record Message(Duration at, String kind, Long count, String reason) {
        static Message of(IncidentTrial.Told told) {
            return new Message(told.at(), told.kind(), told.count(), told.reason());
        }

        /** Whether it says what another does, where it says anything. */
        boolean agrees(Message other) {
            return at.equals(other.at)
                    && kind.equals(other.kind)
                    && (count == null || count.equals(other.count))
                    && (reason == null || reason.equals(other.reason));
        }

        @Override
        public String toString() {
            return Explanation.duration(at) + " " + kind + (count == null || kind.equals("message") ? "" : " " + count)
                    + (reason == null ? "" : " " + reason);
        }
    }

    /**
     * Checks what was read.
     *
     * @param where the case, for a sentence
     * @throws IllegalArgumentException in a sentence, as all here
     */
    CaseSequence checked(String where) {
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw refused(where, "events is a list of 1 to " + MOST_STEPS + ", each with at and event.");
        }
        for (int i = 1; i < steps.size(); i++) {
            Duration before = steps.get(i - 1).at;
            Duration at = steps.get(i).at;
            if (at.compareTo(before) < 0) {
                throw refused(
                        where,
                        Explanation.duration(at) + " stands behind " + Explanation.duration(before)
                                + "; what comes first stands first.");
            }
        }
        if (told == null && steps.stream().allMatch(step -> step.incidents == null)) {
            throw refused(where, "it expects nothing; say incident at an event, or told.");
        }
        return this;
    }

    static IllegalArgumentException refused(String where, String what) {
        return new IllegalArgumentException(where + ": " + what);
    }

    static Duration time(String where, String text) {
        if (text.isEmpty() || !DURATION.matcher(text).matches()) {
            throw refused(where, "'" + text + "' is no time after the beginning, such as 0s, 90s, 5m or 1h30m.");
        }
        Duration time = Duration.ofMillis(TimeUtils.toMilliSeconds(text));
        if (time.compareTo(LONGEST) > 0) {
            throw refused(where, text + " is too late; a case lasts " + Explanation.duration(LONGEST) + " at most.");
        }
        return time;
    }

    /**
     * What is expected of incidents; null where nothing is.
     *
     * @param comes whether an event comes there
     */
    static List<JsonNode> incidents(String where, JsonNode said, boolean comes) {
        if (said.isMissingNode()) {
            return null;
        }
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode one :
                said.isArray() ? said : JsonNodeFactory.instance.arrayNode().add(said)) {
            all.add(incident(where, one, comes ? DONE : STATES));
        }
        return all;
    }

    private static JsonNode incident(String where, JsonNode one, List<String> words) {
        JsonNode said = one.isTextual() ? JsonNodeFactory.instance.objectNode().set("is", one) : one;
        if (!said.isObject() || said.isEmpty()) {
            throw refused(
                    where,
                    "incident is " + String.join(", ", words) + ", or some of " + String.join(", ", FIELDS) + ".");
        }
        said.fieldNames().forEachRemaining(field -> known(where, "an incident has no '" + field + "'", field, FIELDS));
        if (said.has("is")) {
            String is = said.path("is").asText();
            known(where, "there an incident is never '" + is + "'", is, words);
        }
        if (said.has("group") && !said.path("group").isObject()) {
            throw refused(where, "group says what labels are, as {project: p1}.");
        }
        return said;
    }

    private static void known(String where, String fault, String word, List<String> words) {
        if (!words.contains(word)) {
            throw refused(where, fault + "; there are " + String.join(", ", words) + ".");
        }
    }

    /** What each sink is told; null where nothing is said. */
    static Map<String, List<Message>> told(String where, JsonNode said) {
        if (said.isMissingNode()) {
            return null;
        }
        Map<String, List<Message>> told = new TreeMap<>();
        for (Map.Entry<String, JsonNode> sink : said.properties()) {
            List<Message> messages = new ArrayList<>();
            sink.getValue().forEach(one -> messages.add(message(where, one.asText())));
            told.put(sink.getKey(), messages);
        }
        if (!said.isObject()
                || said.properties().stream().anyMatch(sink -> !sink.getValue().isArray())) {
            throw refused(where, "told has a list for each sink, as {slack: [0s opened, 5m developing 3]}.");
        }
        return told;
    }

    private static Message message(String where, String text) {
        String[] words = (text.strip() + " ").split(" +");
        String kind = words.length > 1 ? words[1] : "";
        known(where, "'" + text + "' is not a time and what a sink is told then", kind, KINDS);
        boolean counted = words.length > 2 && COUNT.matcher(words[2]).matches();
        String reason = words.length > (counted ? 3 : 2) ? words[counted ? 3 : 2] : null;
        if (reason != null) {
            known(where, "'" + text + "': nothing closes by '" + reason + "'", reason, REASONS);
        }
        return new Message(time(where, words[0]), kind, counted ? Long.valueOf(words[2]) : null, reason);
    }
}
