package io.fusewire.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** PagerDuty's custom_details, made smaller. */
final class Details {
    /** More left-out fields than this say no more than one note for all. */
    private static final int MOST_NOTES = 20;

    private Details() {}

    /** The details with their biggest fields left out until they take at most so many bytes; else a note alone. */
    static ObjectNode within(ObjectNode details, int bytes) {
        int all = PagerDutyLimits.bytes(details);
        int size = all;
        ObjectNode smaller = details.objectNode().setAll(details);
        for (Map.Entry<String, Integer> field : biggest(details)) {
            if (size <= bytes) {
                return smaller;
            }
            smaller.put(field.getKey(), "left out: " + field.getValue() + " bytes");
            size += PagerDutyLimits.bytes(smaller.get(field.getKey())) - field.getValue();
        }
        return size <= bytes
                ? smaller
                : details.objectNode().put("note", "left out: the event is " + all + " bytes; see Langfuse");
    }

    private static List<Map.Entry<String, Integer>> biggest(ObjectNode details) {
        return details.properties().stream()
                .map(field -> Map.entry(field.getKey(), bytes(field.getValue())))
                .sorted(Comparator.comparing((Map.Entry<String, Integer> field) -> field.getValue())
                        .reversed())
                .limit(MOST_NOTES)
                .toList();
    }

    private static int bytes(JsonNode value) {
        return PagerDutyLimits.bytes(value);
    }
}
