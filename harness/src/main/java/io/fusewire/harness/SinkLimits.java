package io.fusewire.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The published limits of Slack's incoming webhooks and PagerDuty's Events API v2. */
final class SinkLimits {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGERDUTY_BYTES = 512_000;

    private SinkLimits() {}

    /** What Slack would not take. */
    static List<String> slack(String body) {
        List<String> faults = new ArrayList<>();
        JsonNode message = read(body, faults);
        JsonNode blocks = message.path("blocks");
        check(faults, !message.path("text").asText().isEmpty(), "no text");
        check(faults, message.path("text").asText().length() <= 40_000, "text over 40000");
        check(faults, blocks.size() <= 50, "more than 50 blocks");
        check(faults, message.path("attachments").size() <= 100, "more than 100 attachments");
        check(faults, blocks.toString().length() <= 13_200, "all blocks over 13200");
        for (JsonNode block : blocks) {
            switch (block.path("type").asText()) {
                case "header" -> {
                    int length = block.at("/text/text").asText().length();
                    check(faults, length >= 1 && length <= 150, length == 0 ? "empty header" : "header over 150");
                }
                case "section" -> {
                    check(faults, block.has("text") || block.has("fields"), "section without a text");
                    check(faults, block.at("/text/text").asText().length() <= 3_000, "section over 3000");
                    check(faults, block.path("fields").size() <= 10, "more than 10 fields");
                    block.path("fields")
                            .forEach(field ->
                                    check(faults, field.path("text").asText().length() <= 2_000, "field over 2000"));
                }
                case "context" -> check(faults, block.path("elements").size() <= 10, "more than 10 elements");
                default -> {
                    check(faults, block.path("elements").size() <= 25, "more than 25 elements");
                    block.path("elements").forEach(element -> button(element, faults));
                }
            }
        }
        return faults;
    }

    private static void button(JsonNode button, List<String> faults) {
        check(faults, button.at("/text/text").asText().length() <= 75, "button's text over 75");
        check(faults, button.path("url").asText().length() <= 3_000, "button's url over 3000");
        check(faults, button.path("value").asText().length() <= 2_000, "button's value over 2000");
    }

    /** What PagerDuty would not take. */
    static List<String> pagerDuty(String body) {
        List<String> faults = new ArrayList<>();
        JsonNode event = read(body, faults);
        String action = event.path("event_action").asText();
        String key = event.path("dedup_key").asText();
        check(faults, body.getBytes(StandardCharsets.UTF_8).length <= PAGERDUTY_BYTES, "over 512000 bytes");
        check(faults, event.path("routing_key").asText().length() == 32, "no routing key of 32");
        check(faults, Set.of("trigger", "resolve").contains(action), "action " + action);
        check(faults, !key.isEmpty() && key.length() <= 255, "dedup_key of " + key.length());
        if (action.equals("trigger")) {
            JsonNode payload = event.path("payload");
            String severity = payload.path("severity").asText();
            int summary = payload.path("summary").asText().length();
            check(faults, summary >= 1 && summary <= 1_024, "summary of " + summary);
            check(faults, !payload.path("source").asText().isEmpty(), "no source");
            check(faults, Set.of("critical", "error", "warning", "info").contains(severity), "severity " + severity);
            JsonNode details = payload.path("custom_details");
            check(faults, details.isMissingNode() || details.isObject(), "custom_details are no object");
            JsonNode timestamp = payload.path("timestamp");
            check(faults, timestamp.isMissingNode() || isTime(timestamp.asText()), "timestamp " + timestamp);
        }
        return faults;
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static void check(List<String> faults, boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    private static JsonNode read(String body, List<String> faults) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            faults.add("no JSON");
            return JSON.createObjectNode();
        }
    }
}
