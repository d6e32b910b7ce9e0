package io.fusewire.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** PagerDuty's limits for the Events API v2 (PagerDuty/developer-docs, docs/events-API-v2). */
final class PagerDutyLimits {
    private static final int SUMMARY = 1_024;
    private static final int DETAIL = 255;

    /** 512 KB, less what the routing key takes that goes in later. */
    private static final int WHOLE = 511_000;

    private PagerDutyLimits() {}

    static ObjectNode fit(ObjectNode request) {
        String key = request.path("dedup_key").asText();
        if (key.length() > Alert.LONGEST_INCIDENT) {
            request.put("dedup_key", Texts.hashed("", key));
        }
        if (request.get("payload") instanceof ObjectNode payload) {
            cut(payload, "summary", SUMMARY);
            for (String field : new String[] {"source", "component", "group", "class"}) {
                cut(payload, field, DETAIL);
            }
            details(request, payload);
        }
        return request;
    }

    /** Leaves out the largest detail, one after the other, until the request fits. */
    private static void details(ObjectNode request, ObjectNode payload) {
        while (size(request) > WHOLE && payload.get("custom_details") instanceof ObjectNode details) {
            String largest = null;
            int most = -1;
            for (var field : details.properties()) {
                int size = size(field.getValue());
                if (size > most && !field.getValue().asText().startsWith("left out")) {
                    largest = field.getKey();
                    most = size;
                }
            }
            if (largest == null) {
                payload.remove("custom_details");
            } else {
                details.put(largest, "left out: " + most + " bytes; see Langfuse");
            }
        }
    }

    private static void cut(ObjectNode node, String field, int longest) {
        if (node.path(field).isTextual()) {
            String text = Texts.cut(node.get(field).textValue(), longest);
            node.put(field, text.isBlank() ? "–" : text);
        }
    }

    private static int size(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
