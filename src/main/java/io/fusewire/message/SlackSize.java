package io.fusewire.message;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a message's blocks may take together, as JSON text. Slack doesn't say; it refuses with {@code
 * msg_blocks_too_long} from about 13,200 characters on, even if every block is legal (slackapi/bolt-js#2509).
 */
final class SlackSize {
    /** All blocks stay below this. */
    static final int ALL_BLOCKS = 12_000;

    private SlackSize() {}

    /**
     * Cuts the longest texts, all to one length, the greatest at which the blocks fit; if no length does, the last
     * blocks go.
     */
    static void fit(ArrayNode blocks) {
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
