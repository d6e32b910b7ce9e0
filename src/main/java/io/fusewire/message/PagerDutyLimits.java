package io.fusewire.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.message.MessageFormat.Truncate;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The limits of PagerDuty's Events API v2 (PagerDuty/developer-docs, docs/events-API-v2). Lengths are UTF-16 units, the
 * whole is at most 512,000 bytes of UTF-8 with room for the routing key, which is added later. An optional field that
 * PagerDuty would refuse is left out. Thread-safe.
 */
public final class PagerDutyLimits {
    /** Alertmanager's cap for PagerDuty's "512 KB". */
    static final int REQUEST = 512_000;

    static final int SUMMARY = 1024;
    /** PagerDuty names no limit for these; no name that a person reads is longer. */
    static final int NAME = 255;

    private static final int ROUTING_KEY = 100;
    private static final int LINKS = 20;
    /** More details left out than this say no more than one note for all. */
    private static final int MOST_NOTES = 20;

    private static final Set<String> ACTIONS = Set.of("trigger", "acknowledge", "resolve");
    private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");
    private static final List<String> FIELDS = List.of("routing_key", "event_action", "dedup_key");
    private static final List<String> PAYLOAD =
            List.of("summary", "source", "severity", "timestamp", "component", "group", "class", "custom_details");

    private PagerDutyLimits() {}

    /** A copy of the request that PagerDuty takes; the routing key is still to be added. */
    public static ObjectNode fit(ObjectNode request) {
        ObjectNode fitted = request.deepCopy();
        String action = fitted.path("event_action").asText();
        fitted.put("event_action", ACTIONS.contains(action) ? action : "trigger");
        dedupKey(fitted);
        if (!fitted.path("event_action").asText().equals("trigger")) {
            return fitted.retain(FIELDS);
        }
        ObjectNode payload = fitted.path("payload") instanceof ObjectNode given ? given : fitted.putObject("payload");
        payload(payload);
        name(fitted, "client");
        link(fitted, "client_url");
        links(fitted);
        fitWhole(fitted, payload);
        return fitted;
    }

    private static void dedupKey(ObjectNode request) {
        String key = request.path("dedup_key").asText("");
        if (key.isBlank()) {
            request.remove("dedup_key");
        } else {
            request.put("dedup_key", key.length() <= Alert.LONGEST_INCIDENT ? key : Alert.sha256(key));
        }
    }

    private static void payload(ObjectNode payload) {
        String summary = payload.path("summary").asText("");
        payload.put("summary", summary.isBlank() ? "Alert from Langfuse" : Truncate.plain(summary, SUMMARY));
        String source = payload.path("source").asText("");
        payload.put("source", source.isBlank() ? "langfuse" : Truncate.plain(source, NAME));
        String severity = payload.path("severity").asText();
        payload.put("severity", SEVERITIES.contains(severity) ? severity : "error");
        List.of("component", "group", "class").forEach(field -> name(payload, field));
        if (!isTime(payload.path("timestamp").asText())) {
            payload.remove("timestamp");
        }
        JsonNode details = payload.path("custom_details");
        if (details.isMissingNode() || details.isNull()) {
            payload.remove("custom_details");
        } else if (!details.isObject()) {
            payload.set("custom_details", payload.objectNode().set("details", details));
        }
    }

    private static void name(ObjectNode owner, String field) {
        String text = owner.path(field).asText("");
        if (text.isBlank()) {
            owner.remove(field);
        } else {
            owner.put(field, Truncate.plain(text, NAME));
        }
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean link(ObjectNode owner, String field) {
        boolean good = LangfuseLinks.web(owner.path(field).asText("")).isPresent();
        if (!good) {
            owner.remove(field);
        }
        return good;
    }

    private static void links(ObjectNode request) {
        ArrayNode kept = request.arrayNode();
        for (JsonNode link : request.path("links")) {
            if (kept.size() < LINKS && link instanceof ObjectNode object && link(object, "href")) {
                name(object, "text");
                kept.add(object);
            }
        }
        request.remove("links");
        if (!kept.isEmpty()) {
            request.set("links", kept);
        }
    }

    /** The biggest details go first, then all of them, then whatever else a template has put in. */
    private static void fitWhole(ObjectNode request, ObjectNode payload) {
        int most = REQUEST - ROUTING_KEY;
        int size = bytes(request);
        if (size > most && payload.get("custom_details") instanceof ObjectNode details) {
            payload.set("custom_details", within(details, most - (size - bytes(details))));
        }
        if (bytes(request) > most) {
            payload.retain(PAYLOAD);
            request.retain("event_action", "dedup_key", "payload", "client", "client_url");
        }
    }

    /** The details with their biggest fields left out until they take at most so many bytes; else a note alone. */
    private static ObjectNode within(ObjectNode details, int bytes) {
        int all = bytes(details);
        int size = all;
        ObjectNode smaller = details.objectNode().setAll(details);
        for (Map.Entry<String, Integer> field : biggest(details)) {
            if (size <= bytes) {
                return smaller;
            }
            smaller.put(field.getKey(), "left out: " + field.getValue() + " bytes");
            size += bytes(smaller.get(field.getKey())) - field.getValue();
        }
        return size <= bytes
                ? smaller
                : details.objectNode().put("note", "left out: the event is " + all + " bytes; see Langfuse");
    }

    private static List<Map.Entry<String, Integer>> biggest(ObjectNode details) {
        return details.properties().stream()
                .map(field -> Map.entry(field.getKey(), bytes(field.getValue())))
                .sorted(Comparator.comparing((Map.Entry<String, Integer> field) -> field.getValue())
                        .reversed())
                .limit(MOST_NOTES)
                .toList();
    }

    /** As UTF-8. */
    static int bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
