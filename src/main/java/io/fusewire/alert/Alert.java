package io.fusewire.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/**
 * An event, a rule and a severity, addressed to one sink.
 *
 * @param event the event's JSON, as it came
 * @param labels the event's labels
 * @param severity one of PagerDuty's words: critical, error, warning, info
 * @param resolve true when the event means that the incident is over
 * @param incident what the alert is about, the same from trigger to resolve; PagerDuty's dedup_key
 */
public record Alert(
        String eventKey,
        String source,
        ObjectNode event,
        Map<String, Object> labels,
        String rule,
        String severity,
        boolean resolve,
        String incident,
        Instant receivedAt) {

    /** PagerDuty's limit for a dedup_key. */
    static final int LONGEST_INCIDENT = 255;

    /**
     * Names the incident: the monitor, or the project, the rule and what the event is about. It never holds a severity
     * or a delivery's id, so that a resolve finds its trigger.
     */
    public static String incident(String project, String rule, String subject, String type) {
        String name = type.equals("monitor-alert")
                ? "langfuse:" + project + ":" + subject
                : "langfuse:" + project + ":" + rule + ":" + subject;
        return name.length() <= LONGEST_INCIDENT ? name : Texts.hashed("langfuse:", name);
    }
}
