package io.fusewire.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.event.Event.LabelBuilder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The envelope {@code {event, timestamp, data}} of bridges and of the poll. Langfuse itself never sends it; its
 * names come from guides that many bridges follow.
 */
final class BridgeEnvelope {
    private BridgeEnvelope() {}

    /** @param natural whether Langfuse's own ids, where there are any, decide what is the same event */
    static Event read(ObjectNode json, String type, String source, byte[] body, boolean natural) {
        JsonNode data = json.path("data");
        EventKey ids = natural ? ids(data, type, json.path("timestamp")) : new EventKey(type);
        String key = ids.size() > 0 ? ids.toString() : key(json, type, body);
        LabelBuilder facts = new LabelBuilder(type, source)
                .put(Labels.SUBJECT, key)
                .text(Labels.PROJECT, data.path("projectId"), json.path("projectId"))
                .text(Labels.TRACE, data.path("traceId"))
                .text(Labels.OBSERVATION, data.path("observationId"))
                .text(Labels.SUBJECT, data.path("traceId"), data.path("observationId"), data.path("scoreId"))
                .text(Labels.NAME, data.path("name"))
                .text(Labels.LEVEL, data.path("level"))
                .error(data.path("statusMessage"))
                .text(Labels.MODEL, data.path("model"));
        usage(facts, data, data.path("usage"), data.path("usageDetails"));
        score(facts, data.path("dataType"), data.path("value"), data.path("stringValue"));
        return new Event(key, source, body, json, facts.labels());
    }

    private static void usage(LabelBuilder facts, JsonNode data, JsonNode usage, JsonNode details) {
        facts.count(Labels.INPUT_TOKENS, usage.path("promptTokens"), usage.path("input"), details.path("input"))
                .count(
                        Labels.OUTPUT_TOKENS,
                        usage.path("completionTokens"),
                        usage.path("output"),
                        details.path("output"))
                .number(
                        Labels.COST,
                        data.path("cost"),
                        data.path("totalCost"),
                        usage.path("totalCost"),
                        usage.path("cost"));
    }

    /** Only numeric scores compare. Langfuse's older API calls true 1, and says BOOLEAN beside it. */
    private static void score(LabelBuilder facts, JsonNode dataType, JsonNode value, JsonNode text) {
        boolean numeric = !dataType.isTextual() || dataType.textValue().equals("NUMERIC");
        if (value.isBoolean()) {
            facts.put(Labels.CATEGORY, value.asText());
        } else if (value.isNumber() && numeric) {
            facts.number(Labels.VALUE, value);
        } else if (value.isNumber() && dataType.textValue().equals("BOOLEAN")) {
            facts.put(Labels.CATEGORY, String.valueOf(value.doubleValue() != 0));
        } else if (value.isTextual()) {
            facts.text(Labels.CATEGORY, value);
        } else {
            facts.text(Labels.CATEGORY, text, value);
        }
    }

    /**
     * What Langfuse itself tells it apart by, so that a bridge and a poll that carry the same score, generation or error
     * agree; no parts where it says too little.
     */
    private static EventKey ids(JsonNode data, String type, JsonNode timestamp) {
        EventKey key = new EventKey(type).part("project", data.path("projectId"));
        boolean observed = !LabelBuilder.text(data.path("observationId")).isEmpty();
        boolean scored = !LabelBuilder.text(data.path("scoreId")).isEmpty();
        String level = LabelBuilder.text(data.path("level"));
        return switch (type) {
            case "score.created" -> scored ? key.part("score", data.path("scoreId")) : new EventKey(type);
            case "score.updated" -> scored
                    ? key.part("score", data.path("scoreId"))
                            .part("updated", data.hasNonNull("updatedAt") ? data.path("updatedAt") : timestamp)
                    : new EventKey(type);
            case "generation.created" -> observed
                    ? key.part("observation", data.path("observationId"))
                    : new EventKey(type);
            case "trace.updated" -> observed && (level.equals("ERROR") || level.equals("WARNING"))
                    ? key.part("observation", data.path("observationId")).part("level", data.path("level"))
                    : new EventKey(type);
            default -> new EventKey(type);
        };
    }

    /**
     * Its id where it has one; else what it says, byte for byte: two states of one trace may share their second and all ids,
     * and who sends an event again sends the same bytes. The time comes first, so that new keys lie side by side in the store's
     * index: random ones would each cost a page.
     */
    private static String key(JsonNode json, String type, byte[] body) {
        EventKey own = new EventKey(type).part("id", json.path("id"));
        EventKey said = new EventKey(type).part("timestamp", json.path("timestamp"));
        return (own.size() > 0 ? own : said.body(body)).toString();
    }

    /**
     * What makes two deliveries the same event: {@code type|name=value|…}, or {@code type|sha256=…} of the same parts where
     * that would be ambiguous, too long, or more than a database's text takes (a NUL, half a surrogate pair). For one
     * thread.
     */
    static final class EventKey {
        private static final int LONGEST = 255;
        private static final int LONGEST_PREFIX = LONGEST - "|sha256=".length() - 64;

        private final String type;
        private final Map<String, String> parts = new LinkedHashMap<>();

        EventKey(String type) {
            this.type = type;
        }

        /** Adds the node's text under a name; nothing where there is none. */
        EventKey part(String name, JsonNode node) {
            String text = LabelBuilder.text(node);
            if (!text.isEmpty()) {
                parts.put(name, text);
            }
            return this;
        }

        /** Adds the body's SHA-256: for an event that says too little else by which it could be told apart. */
        EventKey body(byte[] body) {
            parts.put("body", sha256(body));
            return this;
        }

        int size() {
            return parts.size();
        }

        @Override
        public String toString() {
            StringBuilder key = new StringBuilder(type);
            parts.forEach(
                    (name, value) -> key.append('|').append(name).append('=').append(value));
            boolean plain = plain(type) && parts.values().stream().allMatch(EventKey::plain);
            return plain && key.length() <= LONGEST ? key.toString() : hashed();
        }

        private String hashed() {
            StringBuilder all = new StringBuilder();
            append(all, type);
            parts.forEach((name, value) -> {
                append(all, name);
                append(all, value);
            });
            String prefix = plain(type) && type.length() <= LONGEST_PREFIX ? type : "event";
            return prefix + "|sha256=" + sha256(units(all));
        }

        private static void append(StringBuilder all, String component) {
            all.append(component.length()).append(':').append(component);
        }

        /** UTF-16 as it stands: an encoder would make every lone surrogate the same question mark. */
        private static byte[] units(StringBuilder text) {
            ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
            text.chars().forEach(unit -> bytes.putChar((char) unit));
            return bytes.array();
        }

        private static boolean plain(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < ' ' || c > '~' || c == '|' || c == '=') {
                    return false;
                }
            }
            return true;
        }

        private static String sha256(byte[] bytes) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
