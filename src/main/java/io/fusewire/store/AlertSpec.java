package io.fusewire.store;

import java.util.List;

/**
 * What a rule says of an alert.
 *
 * @param severity critical, error, warning or info
 * @param resolve whether the event means that the incident is over
 */
public record AlertSpec(String rule, String severity, boolean resolve) {
    private static final List<String> BY_GRAVITY = List.of("info", "warning", "error", "critical");

    /** This one, as grave as the graver of the two; it resolves where both do. */
    public AlertSpec graver(AlertSpec other) {
        boolean keep = BY_GRAVITY.indexOf(severity) >= BY_GRAVITY.indexOf(other.severity);
        return new AlertSpec(rule, keep ? severity : other.severity, resolve && other.resolve);
    }
}
