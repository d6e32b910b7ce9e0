package io.fusewire.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What Langfuse's own webhooks carry, told by {@code type}: prompt-version, monitor-alert, project-notification
 * (Langfuse 4.16.0, packages/shared/src/server/queues.ts). Other types are read as far as they go.
 */
final class LangfuseBody {
    private LangfuseBody() {}

    static Event read(ObjectNode json, String type, String source, byte[] body) {
        Facts facts = new Facts(type, source);
        String key =
                switch (type) {
                    case "monitor-alert" -> monitor(facts, json, json.path("payload"), body);
                    case "prompt-version" -> prompt(facts, json, json.path("prompt"), body);
                    case "project-notification" -> notification(facts, json, json.path("event"), body);
                    default -> other(facts, json, type, body);
                };
        return new Event(key, source, body, json, facts.labels());
    }

    /** By run and severity instead of id, so that two automations aimed at one gateway don't page twice. */
    private static String monitor(Facts facts, JsonNode json, JsonNode payload, byte[] body) {
        String byId = byId(json, "monitor-alert", body);
        facts.put(Labels.SUBJECT, byId)
                .text(Labels.SUBJECT, payload.path("monitorId"))
                .text(Labels.PROJECT, payload.path("projectId"))
                .text(Labels.NAME, payload.path("message").path("title"))
                .text(Labels.SEVERITY, payload.path("severity"));
        Key key = new Key("monitor-alert")
                .part("project", payload.path("projectId"))
                .part("monitor", payload.path("monitorId"))
                .part("severity", payload.path("severity"))
                .part("timestamp", payload.path("timestamp"));
        return key.size() == 4 ? key.toString() : byId;
    }

    private static String prompt(Facts facts, JsonNode json, JsonNode prompt, byte[] body) {
        String key = byId(json, "prompt-version", body);
        List<String> labels = new ArrayList<>();
        prompt.path("labels").forEach(label -> labels.add(Facts.text(label)));
        facts.put(Labels.SUBJECT, key)
                .text(Labels.SUBJECT, prompt.path("name"))
                .text(Labels.NAME, prompt.path("name"))
                .text(Labels.PROJECT, prompt.path("projectId"))
                .text(Labels.ACTION, json.path("action"))
                .put(Labels.PROMPT_LABELS, List.copyOf(labels));
        return key;
    }

    private static String notification(Facts facts, JsonNode json, JsonNode event, byte[] body) {
        facts.put(Labels.SUBJECT, Facts.text(event.path("eventType")) + "/" + Facts.text(event.path("resourceId")))
                .text(Labels.NAME, event.path("resourceName"))
                .text(Labels.PROJECT, event.path("projectId"))
                .text(Labels.ACTION, event.path("eventType"))
                .text(Labels.SEVERITY, event.path("severity"));
        return byId(json, "project-notification", body);
    }

    private static String other(Facts facts, JsonNode json, String type, byte[] body) {
        String key = byId(json, type, body);
        facts.put(Labels.SUBJECT, key)
                .text(
                        Labels.PROJECT,
                        json.path("projectId"),
                        json.path("payload").path("projectId"))
                .text(Labels.ACTION, json.path("action"));
        return key;
    }

    private static String byId(JsonNode json, String type, byte[] body) {
        Key key = new Key(type).part("id", json.path("id"));
        return key.size() > 0 ? key.toString() : Key.ofBody(body);
    }
}
