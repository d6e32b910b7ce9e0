package io.fusewire.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/** How one sink wants texts escaped and messages cut. Sinks without a dialect of their own get clean texts, uncut. */
enum Dialect {
    /** Slack reads only &amp;, &lt; and &gt;, and reads them as mentions and links. */
    SLACK(12_000, text -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), SlackLimits::fit),
    PAGERDUTY(Integer.MAX_VALUE, UnaryOperator.identity(), PagerDutyLimits::fit),
    PLAIN(Integer.MAX_VALUE, UnaryOperator.identity(), UnaryOperator.identity());

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final int longest;
    private final UnaryOperator<String> escape;
    private final UnaryOperator<ObjectNode> fit;

    Dialect(int longest, UnaryOperator<String> escape, UnaryOperator<ObjectNode> fit) {
        this.longest = longest;
        this.escape = escape;
        this.fit = fit;
    }

    static Dialect of(String sink) {
        return switch (sink) {
            case "slack" -> SLACK;
            case "pagerduty" -> PAGERDUTY;
            default -> PLAIN;
        };
    }

    /** The message within the sink's limits. */
    ObjectNode fit(ObjectNode message) {
        return fit.apply(message);
    }

    /** A copy whose every text, names of fields included, is clean, escaped, and short enough to work with. */
    JsonNode escaped(JsonNode node) {
        if (node.isTextual()) {
            return NODES.textNode(escape(node.textValue()));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = NODES.objectNode();
            object.properties().forEach(field -> copy.set(escape(field.getKey()), escaped(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = NODES.arrayNode(array.size());
            array.forEach(item -> copy.add(escaped(item)));
            return copy;
        }
        return node;
    }

    private String escape(String text) {
        return escape.apply(Texts.clean(Texts.cut(text, longest)));
    }
}
