package io.fusewire.message;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Cuts a rendered message to what its sink takes. Thread-safe. */
@FunctionalInterface
public interface Limits {

    /** A copy of the message that the sink takes; the message itself isn't changed. */
    ObjectNode fit(ObjectNode message);

    /** The limits of the sink of that name; a sink that is unknown here has none, and its messages stay as they are. */
    static Limits forSink(String sink) {
        return switch (sink) {
            case "slack" -> SlackLimits::fit;
            case "pagerduty" -> PagerDutyLimits::fit;
            default -> message -> message;
        };
    }
}
