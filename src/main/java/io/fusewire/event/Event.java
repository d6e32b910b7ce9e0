package io.fusewire.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What Langfuse says happened. Safe to share between threads as long as nobody writes to {@code body} or {@code json}.
 *
 * @param key the same for two deliveries of one event; 1 to 255 printable ASCII characters
 * @param source where it entered; never taken from the body
 * @param body the bytes as they came, not copied
 * @param json the body, read
 * @param labels what rules may test, unmodifiable; see {@link Labels}
 */
public record Event(String key, String source, byte[] body, ObjectNode json, Map<String, Object> labels) {

    /** What happened: {@code trace.updated}, {@code monitor-alert}, …; never blank, at most 200 characters. */
    public String type() {
        return label(Labels.TYPE);
    }

    /** A label as text; {@link Labels#NONE} where it is unknown. */
    public String label(String name) {
        return String.valueOf(labels.getOrDefault(name, Labels.NONE));
    }

    /** Without the body, which must not reach a log, and on one line whatever the sender called the type. */
    @Override
    public String toString() {
        return type().replaceAll("[^ -~]", "?") + " " + key + " from " + source;
    }
}
