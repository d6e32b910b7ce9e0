package io.fusewire.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.message.MessageFormat.Truncate;
import java.util.HashSet;
import java.util.Set;

/**
 * Slack's limits for a Block Kit message: those of slackapi/node-slack-sdk's types, 50 blocks a message, and what all
 * blocks may take together. Lengths are UTF-16 units. Cut texts end with an ellipsis; a button or image without a good
 * link, and a block that would hold nothing, are left out; other blocks pass unchanged. Blocks of attachments count with
 * the message's own. Thread-safe.
 */
public final class SlackLimits {
    static final int MESSAGE = 4000;
    static final int HEADER = 150;
    static final int SECTION = 3000;
    static final int FIELD = 2000;
    static final int MARKDOWN = 12_000;
    static final int BUTTON = 75;
    static final int VALUE = 2000;
    static final int ID = 255;
    static final int BLOCKS = 50;
    static final int FIELDS = 10;
    static final int CONTEXT_ELEMENTS = 10;
    static final int ACTIONS = 25;
    /**
     * All blocks stay below this, as JSON text. Slack names no limit; it refuses with {@code msg_blocks_too_long} from
     * about 13,200 characters on, even if every block is legal (slackapi/bolt-js#2509).
     */
    static final int ALL_BLOCKS = 12_000;

    private static final String EMPTY = "–";

    private SlackLimits() {}

    /** A copy of the message that Slack takes. */
    public static ObjectNode fit(ObjectNode message) {
        ObjectNode fitted = message.deepCopy();
        ArrayNode lists = JsonNodeFactory.instance.arrayNode();
        Set<String> ids = new HashSet<>();
        int room = BLOCKS;
        for (JsonNode owner : fitted.findParents("blocks")) {
            ArrayNode blocks = lists.addArray();
            for (JsonNode block : owner.path("blocks")) {
                if (blocks.size() < room && block instanceof ObjectNode object && fits(object)) {
                    blocks.add(id(object, "block_id", ids));
                }
            }
            room -= blocks.size();
            ((ObjectNode) owner).set("blocks", blocks);
        }
        fitTogether(lists);
        fitted.findParents("blocks")
                .forEach(owner -> set((ObjectNode) owner, "blocks", (ArrayNode) owner.get("blocks")));
        return fitted.put("text", cut(fitted.path("text").asText(""), MESSAGE));
    }

    /** Cuts a block; false if nothing is left that Slack would take. */
    private static boolean fits(ObjectNode block) {
        switch (block.path("type").asText()) {
            case "header" -> block.set("text", text(block.path("text"), HEADER, true));
            case "section" -> section(block);
            case "markdown" -> block.put("text", cut(block.path("text").asText(), MARKDOWN));
            case "context" -> elements(block, CONTEXT_ELEMENTS);
            case "actions" -> elements(block, ACTIONS);
            default -> {
                return element(block, new HashSet<>());
            }
        }
        return !(block.get("elements") instanceof ArrayNode elements && elements.isEmpty());
    }

    private static void section(ObjectNode block) {
        ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        for (JsonNode field : block.path("fields")) {
            if (fields.size() < FIELDS) {
                fields.add(text(field, FIELD, false));
            }
        }
        set(block, "fields", fields);
        if (fields.isEmpty() || block.has("text")) {
            block.set("text", text(block.path("text"), SECTION, false));
        }
        if (!(block.get("accessory") instanceof ObjectNode accessory && element(accessory, new HashSet<>()))) {
            block.remove("accessory");
        }
    }

    private static void elements(ObjectNode block, int most) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        Set<String> ids = new HashSet<>();
        for (JsonNode element : block.path("elements")) {
            if (kept.size() < most && element instanceof ObjectNode object && element(object, ids)) {
                kept.add(object);
            }
        }
        block.set("elements", kept);
    }

    /** Cuts an element of a block; false if it must go. */
    private static boolean element(ObjectNode element, Set<String> ids) {
        id(element, "action_id", ids);
        switch (element.path("type").asText()) {
            case "button" -> {
                element.set("text", text(element.path("text"), BUTTON, true));
                if (element.path("value").asText().length() > VALUE) {
                    element.remove("value");
                }
                return !element.has("url")
                        || LangfuseLinks.web(element.path("url").asText()).isPresent();
            }
            case "image" -> {
                element.put("alt_text", cut(element.path("alt_text").asText(), VALUE));
                return LangfuseLinks.web(element.path("image_url").asText()).isPresent();
            }
            case "mrkdwn", "plain_text" -> text(element, SECTION, false);
            default -> {
                return element.path("type").isTextual();
            }
        }
        return true;
    }

    /** Makes a text object of what is there, never empty; headers and buttons are one line. */
    private static ObjectNode text(JsonNode given, int longest, boolean plain) {
        ObjectNode text = given instanceof ObjectNode object
                ? object
                : JsonNodeFactory.instance.objectNode().put("text", given.asText(""));
        String type = plain || text.path("type").asText().equals("plain_text") ? "plain_text" : "mrkdwn";
        text.remove(type.equals("mrkdwn") ? "emoji" : "verbatim");
        String said = text.path("text").asText("");
        return text.put("type", type).put("text", cut(plain ? said.replaceAll("\\s+", " ") : said, longest));
    }

    private static String cut(String text, int longest) {
        return text.isBlank() ? EMPTY : Truncate.mrkdwn(text, longest);
    }

    /** An id that is too long or taken is left out; Slack then makes one. */
    private static ObjectNode id(ObjectNode owner, String name, Set<String> taken) {
        JsonNode id = owner.path(name);
        if (!id.isTextual() || id.textValue().isEmpty() || id.textValue().length() > ID || !taken.add(id.textValue())) {
            owner.remove(name);
        }
        return owner;
    }

    /** A list that is empty is left out. */
    private static ObjectNode set(ObjectNode owner, String name, ArrayNode list) {
        if (list.isEmpty()) {
            owner.remove(name);
        } else {
            owner.set(name, list);
        }
        return owner;
    }

    /** Cuts the longest texts to one length, the greatest at which all fits; if none does, the last blocks go. */
    private static void fitTogether(ArrayNode lists) {
        // The brackets around the lists are in no message.
        int below = ALL_BLOCKS + "[]".length();
        while (lists.toString().length() >= below
                && !Truncate.together(lists, below, String::length, Truncate::mrkdwn)) {
            ArrayNode last = (ArrayNode) lists.get(lists.size() - 1);
            ArrayNode shorter = last.isEmpty() ? lists : last;
            shorter.remove(shorter.size() - 1);
        }
    }
}
