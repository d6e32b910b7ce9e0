package io.fusewire.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A Slack message as a person sees it: a header in capitals of size, links and buttons in brackets, the bar at the left. */
public final class SlackText {
    private SlackText() {}

    public static String of(JsonNode message) {
        List<String> lines = new ArrayList<>();
        message.path("blocks").forEach(block -> add(lines, block, ""));
        for (JsonNode attachment : message.path("attachments")) {
            String color = attachment.path("color").asText();
            attachment.path("blocks").forEach(block -> add(lines, block, color + " | "));
        }
        return String.join("\n", lines) + "\n";
    }

    /** What a phone shows of it. */
    public static String notification(JsonNode message) {
        return seen(message.path("text").asText());
    }

    private static void add(List<String> lines, JsonNode block, String bar) {
        switch (block.path("type").asText()) {
            case "header" -> lines.add(bar + "# " + text(block));
            case "actions" -> lines.add(bar + texts(block.path("elements"), "[", "]  "));
            case "context" -> lines.add(bar + "(" + texts(block.path("elements"), "", "") + ")");
            default -> {
                text(block).lines().forEach(line -> lines.add(bar + line));
                block.path("fields")
                        .forEach(field -> lines.add(bar + text(field).replaceFirst("\n", " ")));
            }
        }
    }

    private static String texts(JsonNode elements, String before, String after) {
        StringBuilder all = new StringBuilder();
        elements.forEach(element -> all.append(before).append(text(element)).append(after));
        return all.toString().strip();
    }

    private static String text(JsonNode owner) {
        JsonNode text = owner.path("text");
        return seen(text.isObject() ? text.path("text").asText() : text.asText());
    }

    private static String seen(String text) {
        return text.replaceAll("<[^|>]*\\|([^>]*)>", "[$1]")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
