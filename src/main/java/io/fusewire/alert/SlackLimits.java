package io.fusewire.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Slack's published limits for Block Kit, and the unpublished one for all blocks together: about 13,200 characters
 * (slackapi/bolt-js#2509), of which 12,000 are used.
 */
final class SlackLimits {
    private static final int ALL_BLOCKS = 12_000;
    private static final int SHORTEST = 40;

    private SlackLimits() {}

    static ObjectNode fit(ObjectNode message) {
        cut(message, "text", 4_000);
        if (message.get("blocks") instanceof ArrayNode blocks) {
            keep(blocks, 50);
            blocks.forEach(SlackLimits::block);
            shrink(blocks);
        }
        return message;
    }

    private static void block(JsonNode block) {
        if (block.get("text") instanceof ObjectNode text) {
            cut(text, "text", block.path("type").asText().equals("header") ? 150 : 3_000);
        }
        if (block.get("fields") instanceof ArrayNode fields) {
            keep(fields, 10);
            fields.forEach(field -> cut((ObjectNode) field, "text", 2_000));
        }
        if (block.get("elements") instanceof ArrayNode elements) {
            keep(elements, block.path("type").asText().equals("context") ? 10 : 25);
            elements.forEach(SlackLimits::element);
        }
    }

    private static void element(JsonNode element) {
        if (element.get("text") instanceof ObjectNode label) {
            cut(label, "text", 75);
        } else if (element instanceof ObjectNode text) {
            cut(text, "text", 2_000);
        }
    }

    /** Shortens the longest text by a quarter, again and again, until all blocks fit. */
    private static void shrink(ArrayNode blocks) {
        while (blocks.toString().length() >= ALL_BLOCKS) {
            ObjectNode longest = texts(blocks, new ArrayList<>()).stream()
                    .max((a, b) -> Integer.compare(length(a), length(b)))
                    .orElseThrow();
            if (length(longest) <= SHORTEST) {
                blocks.remove(blocks.size() - 1);
            } else {
                cut(longest, "text", Math.max(SHORTEST, length(longest) * 3 / 4));
            }
        }
    }

    private static List<ObjectNode> texts(JsonNode node, List<ObjectNode> found) {
        if (node instanceof ObjectNode object && object.path("text").isTextual()) {
            found.add(object);
        }
        node.forEach(child -> texts(child, found));
        return found;
    }

    private static int length(ObjectNode text) {
        return text.path("text").asText().length();
    }

    private static void keep(ArrayNode items, int most) {
        while (items.size() > most) {
            items.remove(items.size() - 1);
        }
    }

    /** Slack refuses an empty text. */
    private static void cut(ObjectNode node, String field, int longest) {
        if (node.path(field).isTextual()) {
            String text = Texts.cut(node.get(field).textValue(), longest);
            node.put(field, text.isBlank() ? "–" : text);
        }
    }
}
