package io.fusewire.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** Rows as Langfuse writes them. Source: Langfuse 4.16.0, the responses of its own API tests. */
public final class LangfuseShapes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LangfuseShapes() {}

    /** A generation in the shape of the current API, with 812 tokens in and 40 out. */
    public static ObjectNode generation(String id, Instant start, Instant end, String level) {
        ObjectNode row = JSON.createObjectNode();
        row.put("id", id)
                .put("traceId", "trace-of-" + id)
                .put("startTime", start.toString())
                .put("endTime", end.toString())
                .put("projectId", LangfuseApi.PROJECT)
                .put("type", "GENERATION")
                .put("name", "answer")
                .put("level", level)
                .put("statusMessage", level.equals("ERROR") ? "429 Too Many Requests from provider" : "")
                .put("version", "")
                .put("environment", "production")
                .put("createdAt", end.toString())
                .put("updatedAt", end.toString())
                .put("model", "gpt-4o");
        row.putObject("usageDetails").put("input", 812).put("output", 40).put("total", 852);
        row.put("inputUsage", 812).put("outputUsage", 40).put("totalUsage", 852);
        row.putObject("costDetails").put("input", 0.00203).put("total", 0.00243);
        row.put("totalCost", 0.00243).put("latency", 5.25).putNull("timeToFirstToken");
        return row.put("inputPrice", "0.0000025").put("outputPrice", "0.00001").putNull("totalPrice").put("traceName", "checkout-agent");
    }

    /** A numeric score of a trace in the shape of the current API. */
    public static ObjectNode score(String id, Instant time, double value, Instant updated) {
        ObjectNode row = JSON.createObjectNode();
        row.put("id", id)
                .put("projectId", LangfuseApi.PROJECT)
                .put("name", "hallucination")
                .put("dataType", "NUMERIC")
                .put("value", value)
                .put("source", "EVAL")
                .put("timestamp", time.toString())
                .put("environment", "production")
                .put("createdAt", time.toString())
                .put("updatedAt", updated.toString());
        row.putObject("subject").put("kind", "trace").put("id", "trace-of-" + id);
        return row;
    }

    /** The same row as the legacy API writes it: flat ids and numbers of tokens, no project for a score. */
    static ObjectNode legacy(ObjectNode current) {
        ObjectNode row = current.deepCopy();
        if (row.has("subject")) {
            JsonNode subject = row.remove("subject");
            row.put("traceId", subject.path("kind").asText().equals("trace") ? subject.path("id").asText() : null);
            row.remove("projectId");
            return row;
        }
        row.put("promptTokens", row.path("inputUsage").asInt())
                .put("completionTokens", row.path("outputUsage").asInt())
                .put("calculatedTotalCost", row.path("totalCost").asDouble());
        return row.remove(List.of("inputUsage", "outputUsage", "totalUsage", "totalCost", "traceName"));
    }
}
