package io.fusewire.message;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * The format of a kind of sink: how texts are escaped before a template sees them, so that no template can forget it, and
 * how the message that the template gives is cut, so that no template need count. Stateless and thread-safe.
 */
public enum MessageFormat {
    /**
     * Block Kit. {@code & < >} are escaped as Slack's formatting page asks, no more: a status message {@code <!channel>}
     * pings nobody. Texts are cut to 12,000 UTF-16 units first, since no Slack message holds more and templates then
     * work on little.
     */
    SLACK(12_000, true, SlackLimits::fit),
    /** Events API v2, whose texts have no markup. */
    PAGERDUTY(Integer.MAX_VALUE, false, PagerDutyLimits::fit),
    /** An Adaptive Card of Microsoft Teams, whose texts have no markup as runs. */
    TEAMS(TeamsLimits.MESSAGE, false, TeamsLimits::fit),
    /** Any other: no markup and no limits; texts lose only what no text should hold, see {@link #escape(String)}. */
    TEXT(Integer.MAX_VALUE, false, message -> message);

    private final int longest;
    private final boolean markup;
    private final UnaryOperator<ObjectNode> limits;

    MessageFormat(int longest, boolean markup, UnaryOperator<ObjectNode> limits) {
        this.longest = longest;
        this.markup = markup;
        this.limits = limits;
    }

    /**
     * The format of that name, in letters of either case.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static MessageFormat of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The folder of the templates for sinks that have none of their own; {@link #TEXT} has none. */
    Optional<String> folder() {
        return this == TEXT ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
    }

    /** The message as the sink takes it: a copy where the format has limits, else the message itself. */
    public ObjectNode fit(ObjectNode message) {
        return limits.apply(message);
    }

    /**
     * The text, cut to the format's length and escaped. In every format control characters but newlines and tabs, and
     * line separators, become spaces; bidi overrides and lone surrogates go.
     */
    public String escape(String text) {
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
    public JsonNode escape(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> copy.set(escape(field.getKey()), escape(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> copy.add(escape(element)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(escape(node.textValue())) : node;
    }

    /** Shortens texts. Lengths are UTF-16 units; what is cut ends with an ellipsis, which counts. */
    static final class Truncate {
        private static final String ELLIPSIS = "…";
        /** {@code &amp;} without its last character: the most of an escape that a cut can leave. */
        private static final int LONGEST_TORN_ESCAPE = 4;

        private Truncate() {}

        /** At most so many units; a surrogate pair stays whole or goes. */
        static String plain(String text, int longest) {
            return text.length() <= longest ? text : text.substring(0, wholePair(text, longest - 1)) + ELLIPSIS;
        }

        /** At most so many units; a surrogate pair, an escape and a {@code <url|text>} link stay whole or go. */
        static String mrkdwn(String text, int longest) {
            if (text.length() <= longest) {
                return text;
            }
            int end = wholePair(text, longest - 1);
            int escape = end == 0 ? -1 : text.lastIndexOf('&', end - 1);
            if (escape >= 0 && end - escape <= LONGEST_TORN_ESCAPE && text.indexOf(';', escape) >= end) {
                end = escape;
            }
            int link = end == 0 ? -1 : text.lastIndexOf('<', end - 1);
            if (link >= 0 && text.lastIndexOf('>', end - 1) < link) {
                end = link;
            }
            return text.substring(0, end) + ELLIPSIS;
        }

        /**
         * Cuts the longest texts of the tree to one length, the greatest at which its JSON is shorter than {@code below};
         * false if none is.
         *
         * @param length of JSON: what the limit counts
         * @param cut cuts a text to so many UTF-16 units
         */
        static boolean together(
                JsonNode tree, int below, ToIntFunction<String> length, BiFunction<String, Integer, String> cut) {
            List<ObjectNode> owners = new ArrayList<>();
            collect(tree, owners);
            JsonStringEncoder json = JsonStringEncoder.getInstance();
            IntUnaryOperator texts = longest -> owners.stream()
                    .map(owner ->
                            json.quoteAsString(cut.apply(owner.path("text").textValue(), longest)))
                    .mapToInt(text -> length.applyAsInt(new String(text)))
                    .sum();
            int others = length.applyAsInt(tree.toString()) - texts.applyAsInt(Integer.MAX_VALUE);
            int fits = 0;
            int over = below;
            while (over - fits > 1) {
                int middle = (fits + over) / 2;
                if (others + texts.applyAsInt(middle) < below) {
                    fits = middle;
                } else {
                    over = middle;
                }
            }
            for (ObjectNode owner : owners) {
                owner.put("text", cut.apply(owner.path("text").textValue(), Math.max(fits, 1)));
            }
            return fits > 0;
        }

        private static void collect(JsonNode node, List<ObjectNode> owners) {
            if (node instanceof ObjectNode object && object.path("text").isTextual()) {
                owners.add(object);
            }
            node.forEach(child -> collect(child, owners));
        }

        private static int wholePair(String text, int end) {
            return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
        }
    }
}
