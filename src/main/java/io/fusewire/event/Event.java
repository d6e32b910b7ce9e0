package io.fusewire.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Langfuse says happened. Safe to share between threads as long as nobody writes to {@code body} or {@code json}.
 *
 * @param key the same for two deliveries of one event; 1 to 255 printable ASCII characters
 * @param source where it entered; never taken from the body
 * @param body the bytes as they came, not copied
 * @param json the body, read
 * @param labels what rules may test, unmodifiable; see {@link Labels}
 * @param weight about how many bytes of memory it takes
 */
public record Event(String key, String source, byte[] body, ObjectNode json, Map<String, Object> labels, int weight) {
    /** UTF-16 units of {@link #text()}, at most. */
    public static final int LONGEST_TEXT = 200;

    /** One that weighs what its body does. */
    public Event(String key, String source, byte[] body, ObjectNode json, Map<String, Object> labels) {
        this(key, source, body, json, labels, body.length);
    }

    Event weighing(int bytes) {
        return new Event(key, source, body, json, labels, bytes);
    }

    /** What happened: {@code trace.updated}, {@code monitor-alert}, …; never blank, at most 200 characters. */
    public String type() {
        return label(Labels.TYPE);
    }

    /** A label as text; {@link Labels#NONE} where it is unknown. */
    public String label(String name) {
        return String.valueOf(labels.getOrDefault(name, Labels.NONE));
    }

    /**
     * What a person would call its text: the status message of an observation, else the comment of a score, else what a
     * monitor's or a notification's message says.
     *
     * @return its beginning on one line, 1 to {@link #LONGEST_TEXT} UTF-16 units; null where there is none
     */
    public String text() {
        JsonNode data = json.path("data");
        JsonNode message = json.path("payload").path("message");
        for (JsonNode node : List.of(
                data.path("statusMessage"),
                data.path("comment"),
                message.path("body"),
                json.path("event").path("message"))) {
            String text = oneLine(LabelBuilder.text(node));
            if (!text.isEmpty()) {
                return text;
            }
        }
        return null;
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < text.length() && line.length() < LONGEST_TEXT; ) {
            at = ErrorFingerprint.copy(text, at, line);
        }
        return ErrorFingerprint.cut(line, LONGEST_TEXT);
    }

    /** Without the body, which must not reach a log, and on one line whatever the sender called the type. */
    @Override
    public String toString() {
        return type().replaceAll("[^ -~]", "?") + " " + key + " from " + source;
    }

    /** Collects labels; what isn't a text or a number where one is expected counts as unknown. For one thread. */
    static final class LabelBuilder {
        private static final List<String> TEXTS = List.of(
                Labels.PROJECT,
                Labels.TRACE,
                Labels.OBSERVATION,
                Labels.SUBJECT,
                Labels.NAME,
                Labels.ACTION,
                Labels.ERROR,
                Labels.MONITOR,
                Labels.LEVEL,
                Labels.MONITOR_SEVERITY,
                Labels.CATEGORY,
                Labels.MODEL);

        private final Map<String, Object> labels = new HashMap<>();

        LabelBuilder(String type, String source) {
            TEXTS.forEach(name -> labels.put(name, Labels.NONE));
            labels.put(Labels.PROMPT_LABELS, List.of());
            labels.put(Labels.TYPE, type);
            labels.put(Labels.SOURCE, source);
        }

        /** The first of the nodes that is a text or a number. */
        LabelBuilder text(String label, JsonNode... nodes) {
            for (JsonNode node : nodes) {
                String text = text(node);
                if (!text.isEmpty()) {
                    return put(label, text);
                }
            }
            return this;
        }

        /** The fingerprint of the status message, where there is one. */
        LabelBuilder error(JsonNode statusMessage) {
            String text = text(statusMessage);
            String error = text.isEmpty() ? text : ErrorFingerprint.of(text);
            return error.isEmpty() ? this : put(Labels.ERROR, error);
        }

        LabelBuilder put(String label, Object value) {
            labels.put(label, value);
            return this;
        }

        /** The first of the nodes that is a finite number. */
        LabelBuilder number(String label, JsonNode... nodes) {
            for (JsonNode node : nodes) {
                if (node.isNumber() && Double.isFinite(node.doubleValue())) {
                    return put(label, node.doubleValue());
                }
            }
            return this;
        }

        /** The first of the nodes that is a count: a whole number, not negative, that fits a long. */
        LabelBuilder count(String label, JsonNode... nodes) {
            for (JsonNode node : nodes) {
                // The range is asked first: only a number known to be small may be written out to see whether it is
                // whole.
                if (node.isNumber()
                        && node.canConvertToLong()
                        && node.canConvertToExactIntegral()
                        && node.longValue() >= 0) {
                    return put(label, node.longValue());
                }
            }
            return this;
        }

        Map<String, Object> labels() {
            return Collections.unmodifiableMap(labels);
        }

        /** The node's text, or that of its number; empty for anything else. A number is never written out in full. */
        static String text(JsonNode node) {
            return node.isTextual() || node.isNumber() ? node.asText() : "";
        }
    }
}
