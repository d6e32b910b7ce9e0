package io.fusewire.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.testing.ExampleEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Alerts to test with, labelled by hand, and the parts that make messages of them. */
final class Alerts {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String BASE = "https://cloud.langfuse.com/";
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-08-22T08:22:00Z"), ZoneOffset.UTC);
    static final LangfuseLinks LINKS = new LangfuseLinks(BASE, Map.of());
    static final Templates TEMPLATES = new Templates(Path.of("absent"), BASE, Map.of(), CLOCK);
    static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";

    static final List<String> TEXTS = List.of(
            "project",
            "trace",
            "observation",
            "subject",
            "name",
            "action",
            "level",
            "error",
            "monitor",
            "monitorSeverity",
            "category",
            "model");

    private Alerts() {}

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The alert that the default rules make of an example. */
    static Alert example(String name) {
        ObjectNode event = json(ExampleEvents.text(name));
        return event.has("type") ? ofLangfuse(event) : ofEnvelope(event, event.path("data"));
    }

    private static Alert ofEnvelope(ObjectNode event, JsonNode data) {
        Map<String, Object> labels = labels(event.path("event").asText());
        put(labels, "project", data.path("projectId"));
        put(labels, "trace", data.path("traceId"));
        put(labels, "subject", data.path("traceId"));
        put(labels, "observation", data.path("observationId"));
        put(labels, "name", data.path("name"));
        put(labels, "level", data.path("level"));
        put(labels, "model", data.path("model"));
        if (data.path("value").isNumber()) {
            labels.put("value", data.path("value").doubleValue());
        }
        if (data.has("usage")) {
            labels.put("inputTokens", data.path("usage").path("promptTokens").asLong());
            labels.put(
                    "outputTokens", data.path("usage").path("completionTokens").asLong());
        }
        return switch (labels.get("type").toString()) {
            case "trace.updated" -> alert(event, labels, "trace-error", "critical", false);
            case "score.created", "score.updated" -> alert(event, labels, "low-score", "warning", false);
            default -> alert(event, labels, "everything", "info", false);
        };
    }

    private static Alert ofLangfuse(ObjectNode event) {
        String type = event.path("type").asText();
        Map<String, Object> labels = labels(type);
        JsonNode body = event.path(
                Map.of("monitor-alert", "payload", "prompt-version", "prompt").getOrDefault(type, "event"));
        put(labels, "project", body.path("projectId"));
        put(labels, "monitorSeverity", body.path("severity"));
        switch (type) {
            case "monitor-alert" -> {
                put(labels, "subject", body.path("monitorId"));
                put(labels, "name", body.path("message").path("title"));
                boolean over = body.path("severity").asText().equals("OK");
                return alert(event, labels, type, over ? "info" : "critical", over);
            }
            case "prompt-version" -> {
                put(labels, "subject", body.path("name"));
                put(labels, "name", body.path("name"));
                put(labels, "action", event.path("action"));
                List<String> promptLabels = new ArrayList<>();
                body.path("labels").forEach(label -> promptLabels.add(label.asText()));
                labels.put("promptLabels", promptLabels);
                return alert(event, labels, type, "info", false);
            }
            default -> {
                put(labels, "subject", body.path("resourceId"));
                put(labels, "name", body.path("resourceName"));
                put(labels, "action", body.path("eventType"));
                return alert(event, labels, type, "warning", false);
            }
        }
    }

    static Map<String, Object> labels(String type) {
        Map<String, Object> labels = new HashMap<>();
        TEXTS.forEach(name -> labels.put(name, "none"));
        labels.put("promptLabels", List.of());
        labels.put("type", type);
        labels.put("source", "default");
        return labels;
    }

    private static void put(Map<String, Object> labels, String name, JsonNode value) {
        if (value.isTextual()) {
            labels.put(name, value.textValue());
        }
    }

    static Alert alert(ObjectNode event, Map<String, Object> labels, String rule, String severity, boolean resolve) {
        String incident = Alert.incident(
                "default",
                labels.get("project").toString(),
                rule,
                labels.get("subject").toString(),
                labels.get("type").toString());
        Instant received = Instant.parse("2026-08-22T08:22:00Z");
        return new Alert(
                "key", "default", event, labels, rule, severity, resolve, Incident.ofItsOwn(incident), received);
    }

    /** A trace that ended in an error, with that status message. */
    static Alert traceError(String statusMessage) {
        ObjectNode event =
                JSON.createObjectNode().put("event", "trace.updated").put("timestamp", "2026-08-22T08:21:04.250Z");
        event.putObject("data").put("traceId", "t1").put("projectId", "p1").put("statusMessage", statusMessage);
        Map<String, Object> labels = labels("trace.updated");
        labels.putAll(Map.of("project", "p1", "trace", "t1", "subject", "t1", "level", "ERROR"));
        return alert(event, labels, "trace-error", "critical", false);
    }

    /** As the sink is sent it; PagerDuty's with a routing key. */
    static ObjectNode message(String sink, Alert alert) {
        ObjectNode message = TEMPLATES.render(sink, "", format(sink), alert);
        return sink.equals("pagerduty") ? message.put("routing_key", ROUTING_KEY) : message;
    }

    /** The format that the packed route of the sink asks for. */
    static MessageFormat format(String sink) {
        return switch (sink) {
            case "slack" -> MessageFormat.SLACK;
            case "pagerduty" -> MessageFormat.PAGERDUTY;
            case "teams" -> MessageFormat.TEAMS;
            default -> MessageFormat.TEXT;
        };
    }
}
