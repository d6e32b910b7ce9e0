package io.fusewire.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Links into the Langfuse UI, always within the project, because {@code /trace/<id>} alone isn't found on Langfuse v4.
 * Shapes: Langfuse 4.16.0, web/src/pages/project. Thread-safe.
 */
final class Links {
    /** Slack's limit for a URL. */
    private static final int LONGEST = 3_000;

    /** Langfuse's word for the project that the signed-in user saw last. */
    private static final String ANY_PROJECT = "~";

    private final String base;

    Links(String base) {
        this.base = base.replaceAll("/+$", "");
    }

    /** {@code view}: what the event is about; {@code data}: a monitor's data. Each only where there is one. */
    ObjectNode of(JsonNode event, Map<String, Object> labels) {
        ObjectNode links = JsonNodeFactory.instance.objectNode();
        put(links, "view", view(event, labels));
        put(links, "data", sent(event.path("payload").path("dataPermalink")));
        return links;
    }

    private String view(JsonNode event, Map<String, Object> labels) {
        String project = base + "/project/" + segment(known(labels, "project", ANY_PROJECT));
        return switch (String.valueOf(labels.get("type"))) {
            case "monitor-alert" -> or(
                    sent(event.path("payload").path("permalink")),
                    project + "/alerts/" + segment(String.valueOf(labels.get("subject"))));
            case "project-notification" -> or(sent(event.path("event").path("url")), project);
            case "prompt-version" -> project + "/prompts/" + segment(known(labels, "name", "")) + "?version="
                    + event.path("prompt").path("version").asInt();
            default -> trace(project, known(labels, "trace", ""), known(labels, "observation", ""));
        };
    }

    private static String trace(String project, String trace, String observation) {
        if (trace.isEmpty()) {
            return project;
        }
        String url = project + "/traces/" + segment(trace);
        return observation.isEmpty() ? url : url + "?observation=" + segment(observation);
    }

    /** A link that came with the event: only the web, so that no message can carry another scheme. */
    private static String sent(JsonNode node) {
        String url = node.asText();
        boolean web = url.matches("(?i)https?://[^\\s<>|\"\\p{Cntrl}]+");
        return web ? url : null;
    }

    private static void put(ObjectNode links, String name, String url) {
        if (url != null && url.length() <= LONGEST) {
            links.put(name, url);
        }
    }

    private static String or(String url, String other) {
        return url == null ? other : url;
    }

    private static String known(Map<String, Object> labels, String name, String otherwise) {
        Object value = labels.get(name);
        return value == null || value.equals("none") ? otherwise : value.toString();
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
