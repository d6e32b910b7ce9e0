package io.fusewire.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Makes a stranger's text harmless to a sink. Every text of an event passes through here before a template sees it, so
 * that no template can forget to escape. Stateless and thread-safe.
 */
public enum MessageFormat {
    /**
     * {@code & < >} as Slack's formatting page asks, no more: a status message {@code <!channel>} pings nobody. Texts
     * are cut to 12,000 UTF-16 units first, since no Slack message holds more and templates then work on little.
     */
    SLACK(12_000, true),
    /** Only what no text should hold: control characters, line separators, bidi overrides and lone surrogates. */
    PLAIN(Integer.MAX_VALUE, false);

    private final int longest;
    private final boolean markup;

    MessageFormat(int longest, boolean markup) {
        this.longest = longest;
        this.markup = markup;
    }

    /** The escape of the sink of that name; {@link #PLAIN} for a sink that is unknown here. */
    public static MessageFormat forSink(String sink) {
        return "slack".equals(sink) ? SLACK : PLAIN;
    }

    /** The text, cut and escaped. Newlines and tabs stay. */
    public String text(String text) {
        int end = Math.min(text.length(), longest);
        StringBuilder out = new StringBuilder(end + 16);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                append(out, c);
            }
        }
        return out.toString();
    }

    private void append(StringBuilder out, char c) {
        if (markup && c == '&') {
            out.append("&amp;");
        } else if (markup && c == '<') {
            out.append("&lt;");
        } else if (markup && c == '>') {
            out.append("&gt;");
        } else if (c == '\n' || c == '\t') {
            out.append(c);
        } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
            out.append(' ');
        } else if (!Character.isSurrogate(c) && !turnsDirection(c)) {
            out.append(c);
        }
    }

    /** Bidi embeddings, overrides and isolates, which can make a text read as another. */
    private static boolean turnsDirection(char c) {
        return c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069';
    }

    /** A copy of the tree in which every text and every key is escaped; all other values are kept. */
    public JsonNode tree(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> copy.set(text(field.getKey()), tree(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> copy.add(tree(element)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(text(node.textValue())) : node;
    }
}
