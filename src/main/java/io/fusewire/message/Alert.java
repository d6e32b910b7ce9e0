package io.fusewire.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * An event, the rule that it matched and how grave that is, on its way to one sink.
 *
 * @param eventKey the same for two deliveries of one event
 * @param source where the event entered
 * @param event the event's JSON as it was sent; nobody changes it
 * @param labels the facts that rules test; a text that is unknown is "none", a number that is unknown is absent
 * @param rule the rule's name
 * @param severity critical, error, warning or info (PagerDuty's words); null where a rule names none
 * @param resolve whether the event says that the incident is over
 * @param incident what it joins, as its sink is told of it
 * @param receivedAt when the event was accepted
 */
public record Alert(
        String eventKey,
        String source,
        ObjectNode event,
        Map<String, Object> labels,
        String rule,
        String severity,
        boolean resolve,
        Incident incident,
        Instant receivedAt) {
    /** PagerDuty's limit for a dedup_key (Events API v2). */
    static final int LONGEST_INCIDENT = 255;

    /** Characters that stand for themselves in an incident's name. */
    private static final boolean[] PLAIN = plain();

    private static final String MONITOR = "monitor-alert";
    private static final String UNKNOWN = "none";

    /**
     * Names the incident of a message that joins none: PagerDuty's dedup_key. A monitor's is {@code
     * langfuse:<source>:<project>:<monitor>} whatever the rule, so that its recovery finds it; any other is {@code
     * langfuse:<source>:<project>:<rule>:<subject>}. It holds neither a severity nor a delivery's id, and is the same on
     * every machine. No two incidents share one: in each part what isn't a printable ASCII character, and each of {@code
     * : % & < >}, is {@code %} and its four hex digits.
     *
     * @return at most 255 characters, all of them printable ASCII; a longer name is replaced by its SHA-256
     */
    public static String incident(String source, String project, String rule, String subject, String type) {
        StringBuilder name = new StringBuilder("langfuse");
        append(name, source);
        append(name, project);
        if (!MONITOR.equals(type)) {
            append(name, rule);
        }
        append(name, subject);
        return fit(name);
    }

    /**
     * Names the incident of all alerts of a rule that agree in some labels: {@code
     * langfuse:<source>:<project>:<rule>:<label>=<value>…}, each part written as in {@link #incident}.
     *
     * @param project "" where the rule doesn't tell projects apart
     * @param group the labels and what they say, in order
     * @return at most 255 characters, all of them printable ASCII; a longer name is replaced by its SHA-256
     */
    public static String incident(String source, String project, String rule, Map<String, String> group) {
        StringBuilder name = new StringBuilder("langfuse");
        append(name, source);
        append(name, project);
        append(name, rule);
        group.forEach((label, value) -> append(name, label + "=" + value));
        return fit(name);
    }

    private static String fit(StringBuilder name) {
        return name.length() <= LONGEST_INCIDENT ? name.toString() : "langfuse:" + sha256(name.toString());
    }

    private static void append(StringBuilder name, String part) {
        name.append(':');
        int written = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c > '~' || !PLAIN[c]) {
                name.append(part, written, i).append('%').append(HexFormat.of().toHexDigits(c));
                written = i + 1;
            }
        }
        name.append(part, written, part.length());
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean['~' + 1];
        for (char c = '!'; c <= '~'; c++) {
            plain[c] = ":%&<>".indexOf(c) < 0;
        }
        return plain;
    }

    /** A text label; "none" where it is unknown. */
    String label(String name) {
        return labels.get(name) instanceof String text ? text : UNKNOWN;
    }

    /** A text label that says something, or an empty text. */
    String knownLabel(String name) {
        String text = label(name);
        return UNKNOWN.equals(text) ? "" : text;
    }

    /** Without the event, which must not reach a log. */
    @Override
    public String toString() {
        return rule + " " + severity + " for " + eventKey;
    }

    /** The SHA-256 of the text's UTF-8, in lower-case hex: 64 characters. */
    static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
