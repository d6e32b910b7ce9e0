package io.fusewire.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.event.BridgeEnvelope.EventKey;
import io.fusewire.event.Event.LabelBuilder;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What Langfuse's own webhooks carry, told by {@code type}: prompt-version, monitor-alert, project-notification
 * (Langfuse 4.16.0, packages/shared/src/server/queues.ts). Other types are read as far as they go.
 */
final class LangfuseBody {
    private LangfuseBody() {}

    static Event read(ObjectNode json, String type, String source, byte[] body) {
        LabelBuilder facts = new LabelBuilder(type, source);
        EventKey byId = new EventKey(type).part("id", json.path("id"));
        String key = (byId.size() > 0 ? byId : byId.body(body)).toString();
        facts.put(Labels.SUBJECT, key).error(json.path("data").path("statusMessage"));
        switch (type) {
            case "monitor-alert" -> {
                JsonNode payload = json.path("payload");
                monitor(facts, payload);
                EventKey run = run(payload);
                key = run.size() == 4 ? run.toString() : key;
            }
            case "prompt-version" -> prompt(facts, json.path("action"), json.path("prompt"));
            case "project-notification" -> notification(facts, json.path("event"));
            default -> other(facts, json);
        }
        return new Event(key, source, body, json, facts.labels());
    }

    private static void monitor(LabelBuilder facts, JsonNode payload) {
        facts.text(Labels.SUBJECT, payload.path("monitorId"))
                .text(Labels.MONITOR, payload.path("monitorId"))
                .text(Labels.PROJECT, payload.path("projectId"))
                .text(Labels.NAME, payload.path("message").path("title"))
                .text(Labels.MONITOR_SEVERITY, payload.path("severity"));
    }

    /** By run and severity instead of id, which each automation has its own of: two of them must not page twice. */
    private static EventKey run(JsonNode payload) {
        return new EventKey("monitor-alert")
                .part("project", payload.path("projectId"))
                .part("monitor", payload.path("monitorId"))
                .part("severity", payload.path("severity"))
                .part("timestamp", payload.path("timestamp"));
    }

    private static void prompt(LabelBuilder facts, JsonNode action, JsonNode prompt) {
        List<String> labels = StreamSupport.stream(prompt.path("labels").spliterator(), false)
                .map(LabelBuilder::text)
                .filter(label -> !label.isEmpty())
                .toList();
        facts.text(Labels.SUBJECT, prompt.path("name"))
                .text(Labels.NAME, prompt.path("name"))
                .text(Labels.PROJECT, prompt.path("projectId"))
                .text(Labels.ACTION, action)
                .put(Labels.PROMPT_LABELS, labels);
    }

    private static void notification(LabelBuilder facts, JsonNode event) {
        String kind = LabelBuilder.text(event.path("eventType"));
        String resource = LabelBuilder.text(event.path("resourceId"));
        if (!kind.isEmpty() && !resource.isEmpty()) {
            facts.put(Labels.SUBJECT, kind + "/" + resource);
        }
        facts.text(Labels.NAME, event.path("resourceName"))
                .text(Labels.PROJECT, event.path("projectId"))
                .text(Labels.ACTION, event.path("eventType"))
                .text(Labels.MONITOR_SEVERITY, event.path("severity"));
    }

    private static void other(LabelBuilder facts, JsonNode json) {
        facts.text(
                        Labels.PROJECT,
                        json.path("projectId"),
                        json.path("payload").path("projectId"),
                        json.path("data").path("projectId"),
                        json.path("event").path("projectId"))
                .text(Labels.ACTION, json.path("action"));
    }
}
