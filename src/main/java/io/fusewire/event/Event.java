package io.fusewire.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What Langfuse says happened.
 *
 * @param key the same for two deliveries of one event, at most 255 characters
 * @param source where it entered
 * @param body the bytes as they came
 * @param json the body, read
 * @param labels what rules may test; see {@link Labels}
 */
public record Event(String key, String source, byte[] body, ObjectNode json, Map<String, Object> labels) {

    public String type() {
        return label(Labels.TYPE);
    }

    /** A text label. */
    public String label(String name) {
        return String.valueOf(labels.getOrDefault(name, Labels.NONE));
    }

    /** Without the body, which must not reach a log. */
    @Override
    public String toString() {
        return type() + " " + key + " from " + source;
    }
}
