package io.fusewire.message;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.message.MessageFormat.Truncate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Slack's limits for a Block Kit message: those of slackapi/node-slack-sdk's types, 50 blocks a message, and what all
 * blocks may take together. Lengths are UTF-16 units. Cut texts end with an ellipsis; a button or image without a good
 * link, and a block that would hold nothing, are left out; attachments and other blocks pass unchanged. Thread-safe.
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
        ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
        Set<String> ids = new HashSet<>();
        for (JsonNode block : fitted.path("blocks")) {
            if (blocks.size() < BLOCKS && block instanceof ObjectNode object && fits(object)) {
                blocks.add(id(object, "block_id", ids));
            }
        }
        fitTogether(blocks);
        fitted.put("text", cut(fitted.path("text").asText(""), MESSAGE));
        return set(fitted, "blocks", blocks);
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
    private static void fitTogether(ArrayNode blocks) {
        while (blocks.toString().length() >= ALL_BLOCKS && !cutTexts(blocks)) {
            blocks.remove(blocks.size() - 1);
        }
    }

    private static boolean cutTexts(ArrayNode blocks) {
        List<ObjectNode> owners = new ArrayList<>();
        collect(blocks, owners);
        int others = blocks.toString().length() - size(owners, Integer.MAX_VALUE);
        int fits = 0;
        int over = ALL_BLOCKS;
        while (over - fits > 1) {
            int middle = (fits + over) / 2;
            if (others + size(owners, middle) < ALL_BLOCKS) {
                fits = middle;
            } else {
                over = middle;
            }
        }
        for (ObjectNode owner : owners) {
            owner.put("text", Truncate.mrkdwn(owner.path("text").textValue(), Math.max(fits, 1)));
        }
        return fits > 0;
    }

    private static void collect(JsonNode node, List<ObjectNode> owners) {
        if (node instanceof ObjectNode object && object.path("text").isTextual()) {
            owners.add(object);
        }
        node.forEach(child -> collect(child, owners));
    }

    private static int size(List<ObjectNode> owners, int longest) {
        JsonStringEncoder json = JsonStringEncoder.getInstance();
        return owners.stream()
                .mapToInt(owner ->
                        json.quoteAsString(Truncate.mrkdwn(owner.path("text").textValue(), longest)).length)
                .sum();
    }
}
