package io.fusewire.poll.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Makes the envelope of bridges of what the API calls an observation or a score, so that the same rules fire. Its names
 * are those that the API really uses: {@code model} where the reference says {@code providedModelName}.
 */
final class RowMapper {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RowMapper() {}

    /**
     * The event that a row tells of.
     *
     * @param project for a row that doesn't say its own; may be empty
     */
    static ObjectNode of(Feed feed, JsonNode row, String project) {
        ObjectNode data = JSON.createObjectNode();
        put(data, "projectId", text(row, "projectId"));
        if (!data.has("projectId")) {
            put(data, "projectId", project);
        }
        return switch (feed) {
            case ERRORS, WARNINGS -> envelope("trace.updated", ended(row), observation(row, data));
            case GENERATIONS -> envelope("generation.created", ended(row), usage(row, observation(row, data)));
            case SCORES -> envelope("score.created", text(row, "timestamp"), score(row, data));
        };
    }

    /** What could not be read, kept with its reason: an event that no rule of ours waits for. */
    static ObjectNode unread(PollSettings poll, Feed feed, String reason, String what, JsonNode found) {
        ObjectNode data = JSON.createObjectNode();
        data.put("poll", poll.name()).put("feed", feed.word()).put("reason", reason);
        data.set(what, found);
        return envelope("poll.unread", "", data);
    }

    static ObjectNode envelope(String event, String timestamp, ObjectNode data) {
        ObjectNode envelope = JSON.createObjectNode().put("event", event);
        put(envelope, "timestamp", timestamp);
        envelope.set("data", data);
        return envelope;
    }

    static boolean hasId(JsonNode row) {
        return !text(row, "id").isEmpty();
    }

    private static String ended(JsonNode row) {
        return text(row, "endTime", "startTime");
    }

    private static ObjectNode observation(JsonNode row, ObjectNode data) {
        put(data, "traceId", text(row, "traceId"));
        put(data, "observationId", text(row, "id"));
        put(data, "name", text(row, "name", "traceName"));
        put(data, "traceName", text(row, "traceName"));
        put(data, "type", text(row, "type"));
        put(data, "level", text(row, "level"));
        put(data, "statusMessage", text(row, "statusMessage"));
        put(data, "environment", text(row, "environment"));
        put(data, "model", text(row, "model", "providedModelName"));
        return data;
    }

    private static ObjectNode usage(JsonNode row, ObjectNode data) {
        ObjectNode usage = data.putObject("usage");
        JsonNode details = row.path("usageDetails");
        number(usage, "promptTokens", details.path("input"), row.path("inputUsage"), row.path("promptTokens"));
        number(
                usage,
                "completionTokens",
                details.path("output"),
                row.path("outputUsage"),
                row.path("completionTokens"));
        number(
                data,
                "cost",
                row.path("totalCost"),
                row.path("costDetails").path("total"),
                row.path("calculatedTotalCost"));
        return data;
    }

    private static ObjectNode score(JsonNode row, ObjectNode data) {
        JsonNode subject = row.path("subject");
        String kind = text(subject, "kind");
        put(data, "scoreId", text(row, "id"));
        put(data, "traceId", first(text(row, "traceId"), text(subject, kind.equals("trace") ? "id" : "traceId")));
        put(data, "observationId", first(text(row, "observationId"), subject(subject, "observation")));
        put(data, "sessionId", first(text(row, "sessionId"), subject(subject, "session")));
        put(data, "name", text(row, "name"));
        put(data, "dataType", text(row, "dataType"));
        if (row.hasNonNull("value")) {
            data.set("value", row.get("value"));
        }
        put(data, "stringValue", text(row, "stringValue"));
        put(data, "source", text(row, "source"));
        put(data, "comment", text(row, "comment"));
        put(data, "environment", text(row, "environment"));
        put(data, "createdAt", text(row, "createdAt"));
        put(data, "updatedAt", text(row, "updatedAt"));
        return data;
    }

    private static String subject(JsonNode subject, String kind) {
        return text(subject, "kind").equals(kind) ? text(subject, "id") : "";
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    /** The API writes "" where it knows nothing. */
    private static void put(ObjectNode into, String name, String text) {
        if (!text.isEmpty()) {
            into.put(name, text);
        }
    }

    private static void number(ObjectNode into, String name, JsonNode... candidates) {
        for (JsonNode candidate : candidates) {
            if (candidate.isNumber()) {
                into.set(name, candidate);
                return;
            }
        }
    }

    /** The first of these fields that says something. */
    static String text(JsonNode row, String... names) {
        for (String name : names) {
            JsonNode value = row.path(name);
            if (value.isTextual() && !value.textValue().isEmpty()) {
                return value.textValue();
            }
        }
        return "";
    }
}
