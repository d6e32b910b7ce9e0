package io.fusewire.store;

import java.util.List;

/**
 * What the rules made of one event.
 *
 * @param claimed the event
 * @param alerts one for each sink that a rule named, in the order of the rules
 * @param brokenRule the first rule that failed, or null
 * @param reason why it failed, or null
 */
public record Decision(ClaimedEvent claimed, List<Addressed> alerts, String brokenRule, String reason) {

    /**
     * An alert for one sink.
     *
     * @param destination what shares the sink's rate limit with it
     * @param suppressed why it will not be sent, or null
     */
    public record Addressed(
            String sink,
            String destination,
            String rule,
            String severity,
            boolean resolve,
            String incident,
            String suppressed) {}
}
