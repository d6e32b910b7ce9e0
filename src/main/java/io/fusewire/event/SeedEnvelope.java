package io.fusewire.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The envelope {@code {event, timestamp, data}} of bridges and of the poll door. Langfuse itself never sends it; its
 * names come from guides that many bridges follow.
 */
final class SeedEnvelope {
    private SeedEnvelope() {}

    static Event read(ObjectNode json, String type, String source, byte[] body) {
        JsonNode data = json.path("data");
        String key = key(json, data, type, body);
        JsonNode usage = data.path("usage");
        JsonNode details = data.path("usageDetails");
        Facts facts = new Facts(type, source)
                .put(Labels.SUBJECT, key)
                .text(Labels.PROJECT, data.path("projectId"), json.path("projectId"))
                .text(Labels.TRACE, data.path("traceId"))
                .text(Labels.OBSERVATION, data.path("observationId"))
                .text(Labels.SUBJECT, data.path("traceId"), data.path("observationId"), data.path("scoreId"))
                .text(Labels.NAME, data.path("name"))
                .text(Labels.LEVEL, data.path("level"))
                .text(Labels.MODEL, data.path("model"))
                .count(Labels.INPUT_TOKENS, usage.path("promptTokens"), usage.path("input"), details.path("input"))
                .count(
                        Labels.OUTPUT_TOKENS,
                        usage.path("completionTokens"),
                        usage.path("output"),
                        details.path("output"))
                .number(
                        Labels.COST,
                        data.path("cost"),
                        data.path("totalCost"),
                        usage.path("totalCost"),
                        usage.path("cost"));
        score(facts, data.path("value"));
        return new Event(key, source, body, json, facts.labels());
    }

    /** Only numbers compare: a boolean or a category has no value. */
    private static void score(Facts facts, JsonNode value) {
        facts.number(Labels.VALUE, value);
        if (value.isTextual() || value.isBoolean()) {
            facts.put(Labels.CATEGORY, value.asText());
        }
    }

    /** Its id where it has one; else every id it carries, because two scores may share trace and millisecond. */
    private static String key(JsonNode json, JsonNode data, String type, byte[] body) {
        Key own = new Key(type).part("id", json.path("id"));
        if (own.size() > 0) {
            return own.toString();
        }
        Key key = new Key(type)
                .part("timestamp", json.path("timestamp"))
                .part("project", data.path("projectId"))
                .part("trace", data.path("traceId"))
                .part("observation", data.path("observationId"))
                .part("score", data.path("scoreId"));
        return key.size() > 0 ? key.toString() : Key.ofBody(body);
    }
}
