package io.fusewire.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Slack takes as an incoming webhook's message, as far as it is published (slackapi/node-slack-sdk's Block Kit
 * types, the page on formatting text) or was seen (13,200 characters for all blocks). Written without a look at the code
 * that keeps to it.
 */
public final class SlackContract {
    private static final Pattern ENTITY = Pattern.compile("&(?!(amp|lt|gt);)");
    private static final Pattern LINK = Pattern.compile("<https?://[^<>|\\s]+(\\|[^<>]*)?>");
    private static final Map<String, Integer> BLOCK_KINDS = Map.of(
            "header",
            150,
            "section",
            3000,
            "context",
            10,
            "actions",
            25,
            "divider",
            0,
            "image",
            2000,
            "markdown",
            12_000);

    private final List<String> violations = new ArrayList<>();
    private final Set<String> blockIds = new HashSet<>();

    private SlackContract() {}

    /** Sentences on what Slack would refuse or misread; empty for a good message. */
    public static List<String> violations(JsonNode message) {
        SlackContract contract = new SlackContract();
        contract.message(message);
        return contract.violations;
    }

    private void message(JsonNode message) {
        if (!message.isObject()) {
            violations.add("the message is no object");
            return;
        }
        text("message.text", message.get("text"), 4000);
        List<JsonNode> lists = new ArrayList<>();
        if (message.has("blocks")) {
            lists.add(message.get("blocks"));
        }
        for (JsonNode attachment : message.path("attachments")) {
            check(attachment.path("color").asText().matches("#[0-9a-f]{6}"), "an attachment without a color");
            lists.add(attachment.path("blocks"));
        }
        int size = 0;
        int number = 0;
        for (JsonNode blocks : lists) {
            check(blocks.isArray() && !blocks.isEmpty(), "blocks: one at least, in a list");
            size += blocks.toString().length();
            for (JsonNode block : blocks) {
                block("block " + number++, block);
            }
        }
        check(number <= 50, "more than 50 blocks");
        check(size < 12_000, "all blocks together take 12,000 characters or more");
    }

    private void block(String at, JsonNode block) {
        String type = block.path("type").asText();
        check(BLOCK_KINDS.containsKey(type), at + " has the unknown type " + type);
        if (block.has("block_id")) {
            String id = block.path("block_id").asText();
            check(block.get("block_id").isTextual() && !id.isEmpty() && id.length() <= 255, at + " block_id: 1 to 255");
            check(blockIds.add(id), at + " has the block_id of another");
        }
        switch (type) {
            case "header" -> textObject(at, block.get("text"), 150, Set.of("plain_text"));
            case "section" -> section(at, block);
            case "markdown" -> text(at, block.get("text"), 12_000);
            case "image" -> image(at, block);
            case "context" -> elements(at, block, 10, Set.of("mrkdwn", "plain_text", "image"));
            case "actions" -> elements(at, block, 25, Set.of("button"));
            default -> check(true, at);
        }
    }

    private void section(String at, JsonNode block) {
        check(block.has("text") || block.has("fields"), at + " has neither text nor fields");
        if (block.has("text")) {
            textObject(at, block.get("text"), 3000, Set.of("plain_text", "mrkdwn"));
        }
        if (block.has("fields")) {
            JsonNode fields = block.get("fields");
            check(fields.isArray() && !fields.isEmpty() && fields.size() <= 10, at + " fields: 1 to 10");
            fields.forEach(field -> textObject(at + " field", field, 2000, Set.of("plain_text", "mrkdwn")));
        }
        if (block.has("accessory")) {
            element(at + " accessory", block.get("accessory"), Set.of("button", "image"));
        }
    }

    private void elements(String at, JsonNode block, int most, Set<String> types) {
        JsonNode elements = block.path("elements");
        check(elements.isArray() && !elements.isEmpty() && elements.size() <= most, at + " elements: 1 to " + most);
        Set<String> ids = new HashSet<>();
        for (JsonNode element : elements) {
            element(at + " element", element, types);
            check(!element.has("action_id") || ids.add(element.get("action_id").asText()), at + " action_id twice");
        }
    }

    private void element(String at, JsonNode element, Set<String> types) {
        String type = element.path("type").asText();
        check(types.contains(type), at + " has the type " + type);
        switch (type) {
            case "image" -> image(at, element);
            case "button" -> {
                textObject(at, element.get("text"), 75, Set.of("plain_text"));
                url(at, element.get("url"), true);
                check(element.path("action_id").asText().length() <= 255, at + " action_id: up to 255");
                check(element.path("value").asText().length() <= 2000, at + " value: up to 2000");
            }
            default -> textObject(at, element, 3000, Set.of("plain_text", "mrkdwn"));
        }
    }

    private void image(String at, JsonNode image) {
        url(at, image.get("image_url"), false);
        text(at + " alt_text", image.get("alt_text"), 2000);
    }

    private void url(String at, JsonNode url, boolean optional) {
        if (url == null) {
            check(optional, at + " has no url");
            return;
        }
        check(url.isTextual() && url.textValue().matches("(?i)https?://\\S+"), at + " url: not of the web");
        check(url.asText().length() <= 3000, at + " url: up to 3000");
    }

    private void textObject(String at, JsonNode object, int longest, Set<String> types) {
        if (object == null
                || !object.isObject()
                || !types.contains(object.path("type").asText())) {
            violations.add(at + " wants a text object of " + types + ", not " + object);
            return;
        }
        boolean plain = object.get("type").asText().equals("plain_text");
        check(plain || !object.has("emoji"), at + " emoji is for plain_text");
        check(!plain || !object.has("verbatim"), at + " verbatim is for mrkdwn");
        text(at, object.get("text"), longest);
    }

    private void text(String at, JsonNode node, int longest) {
        if (node == null || !node.isTextual() || node.textValue().isBlank()) {
            violations.add(at + " has no text");
            return;
        }
        String text = node.textValue();
        check(text.length() <= longest, at + " is longer than " + longest + ": " + text.length());
        Matcher entity = ENTITY.matcher(text);
        check(!entity.find(), at + " holds a bare or torn &");
        check(LINK.matcher(text).replaceAll("").indexOf('<') < 0, at + " holds a bare or torn <");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                check(!Character.isSurrogate(c), at + " holds half a surrogate pair");
                check(c == '\n' || c == '\t' || !Character.isISOControl(c), at + " holds control character " + (int) c);
            }
        }
    }

    private void check(boolean good, String otherwise) {
        if (!good) {
            violations.add(otherwise);
        }
    }
}
