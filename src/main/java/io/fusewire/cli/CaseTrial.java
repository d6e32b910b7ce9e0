package io.fusewire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.cli.CaseSequence.Message;
import io.fusewire.cli.CaseSequence.Step;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.rules.Explanation;
import io.fusewire.rules.IncidentTrial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lets a case's events come, and says where their incidents are not what the case expects. */
final class CaseTrial {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IncidentTrial trial;
    private final CaseSequence sequence;
    private final List<Long> touched = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();

    CaseTrial(IncidentTrial trial, CaseSequence sequence) {
        this.trial = trial;
        this.sequence = sequence;
    }

    /** Empty where all is as expected. */
    String difference() {
        try {
            for (Step step : sequence.steps()) {
                differences.addAll(at(step));
            }
            if (sequence.told() != null) {
                told(sequence.told());
            }
        } catch (UnreadableEventException | IllegalArgumentException e) {
            differences.add(e.getMessage());
        }
        return String.join("; ", differences);
    }

    private List<String> at(Step step) throws UnreadableEventException {
        trial.until(step.at());
        List<JsonNode> found = step.event() == null ? touched() : arrived(step);
        List<String> wrong = new ArrayList<>();
        for (JsonNode expected : step.incidents() == null ? List.<JsonNode>of() : step.incidents()) {
            String difference = step.event() == null ? present(expected, found) : done(expected, found);
            if (!difference.isEmpty()) {
                wrong.add("at " + Explanation.duration(step.at()) + " " + difference);
            }
        }
        return wrong;
    }

    private List<JsonNode> arrived(Step step) throws UnreadableEventException {
        List<JsonNode> joined = trial.arrive(step.event(), step.source()).stream()
                .<JsonNode>map(JSON::valueToTree)
                .toList();
        for (JsonNode one : joined) {
            touched.remove(Long.valueOf(one.path("id").asLong()));
            touched.add(0, one.path("id").asLong());
        }
        return joined;
    }

    /** As they are now, the one that was touched last first. */
    private List<JsonNode> touched() {
        return touched.stream()
                .map(trial::incident)
                .<JsonNode>map(JSON::valueToTree)
                .toList();
    }

    private static String present(JsonNode expected, List<JsonNode> found) {
        return found.stream()
                .filter(one -> isMeant(one, expected) && group(expected, one).isEmpty())
                .findFirst()
                .map(one -> compare(expected, one))
                .orElse("there is no such incident");
    }

    private static String done(JsonNode expected, List<JsonNode> found) {
        List<JsonNode> meant =
                found.stream().filter(one -> isMeant(one, expected)).toList();
        if (expected.path("is").asText().equals("none")) {
            return meant.isEmpty() ? "" : "it joins an incident of " + rules(meant);
        }
        if (meant.size() != 1) {
            return meant.isEmpty()
                    ? "it joins no incident" + (found.isEmpty() ? "" : " but of " + rules(found))
                    : "it joins incidents of " + rules(meant) + "; say of which rule";
        }
        return compare(expected, meant.get(0));
    }

    private static boolean isMeant(JsonNode incident, JsonNode expected) {
        return !expected.has("rule") || expected.path("rule").equals(incident.path("rule"));
    }

    private static String rules(List<JsonNode> incidents) {
        return incidents.stream().map(one -> one.path("rule").asText()).sorted().collect(Collectors.joining(", "));
    }

    private static String compare(JsonNode expected, JsonNode found) {
        List<String> wrong = new ArrayList<>(group(expected, found));
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            if (!field.getKey().equals("group")) {
                differing(field.getKey(), field.getValue(), found.path(field.getKey()), wrong);
            }
        }
        return wrong.isEmpty() ? "" : "the incident of " + rules(List.of(found)) + ": " + String.join(", ", wrong);
    }

    private static List<String> group(JsonNode expected, JsonNode found) {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, JsonNode> label : expected.path("group").properties()) {
            differing(label.getKey(), label.getValue(), found.path("group").path(label.getKey()), wrong);
        }
        return wrong;
    }

    private static void differing(String what, JsonNode expected, JsonNode found, List<String> wrong) {
        if (!expected.asText().equals(found.asText())) {
            String is = found.asText().isEmpty() ? "nothing" : found.asText();
            wrong.add(what + " " + is + " and not " + expected.asText());
        }
    }

    private void told(Map<String, List<Message>> expected) {
        trial.until(expected.values().stream()
                .flatMap(List::stream)
                .map(Message::at)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO));
        Map<String, List<Message>> found = new TreeMap<>();
        trial.told().forEach(told -> found.computeIfAbsent(told.sink(), any -> new ArrayList<>())
                .add(Message.of(told)));
        Set<String> sinks = new TreeSet<>(expected.keySet());
        sinks.addAll(found.keySet());
        for (String sink : sinks) {
            List<Message> wanted = expected.getOrDefault(sink, List.of());
            List<Message> is = found.getOrDefault(sink, List.of());
            if (!agree(wanted, is)) {
                differences.add(sink + " is told " + listed(is) + " and not " + listed(wanted));
            }
        }
    }

    private static boolean agree(List<Message> expected, List<Message> found) {
        return expected.size() == found.size()
                && IntStream.range(0, found.size())
                        .allMatch(i -> expected.get(i).agrees(found.get(i)));
    }

    private static String listed(List<Message> messages) {
        return messages.isEmpty()
                ? "nothing"
                : messages.stream().map(Message::toString).collect(Collectors.joining(", "));
    }
}
