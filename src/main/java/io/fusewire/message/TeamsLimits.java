package io.fusewire.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.message.MessageFormat.Truncate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The limit of a message to Microsoft Teams: 28 KB with what Teams adds, beyond which a workflow says that it took it, and
 * nobody sees it. So the whole is at most 24,000 bytes of UTF-8, whatever script its texts are written in. Stateless.
 */
final class TeamsLimits {
    static final int MESSAGE = 24_000;

    private TeamsLimits() {}

    /**
     * A copy that Teams takes: its longest texts are cut to one length. Where that is not enough, the last elements of the
     * longest lists go.
     */
    static ObjectNode fit(ObjectNode message) {
        ObjectNode fitted = message.deepCopy();
        boolean more = bytes(fitted.toString()) > MESSAGE;
        while (more) {
            more = !Truncate.together(fitted, MESSAGE + 1, TeamsLimits::bytes, Truncate::plain) && dropLast(fitted);
        }
        return fitted;
    }

    private static boolean dropLast(JsonNode tree) {
        List<ArrayNode> lists = new ArrayList<>();
        collect(tree, lists);
        return lists.stream()
                .max(Comparator.comparingInt(list -> bytes(list.toString())))
                .map(list -> list.remove(list.size() - 1))
                .isPresent();
    }

    /** Those that have more than one element: a card without any is none. */
    private static void collect(JsonNode node, List<ArrayNode> lists) {
        if (node instanceof ArrayNode list && list.size() > 1) {
            lists.add(list);
        }
        node.forEach(child -> collect(child, lists));
    }

    private static int bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }
}
