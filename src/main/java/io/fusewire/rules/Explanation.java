package io.fusewire.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedMap;

/**
 * What the rules in force make of an event, in the names of the admin API. What is null is left out there.
 *
 * @param key what makes two copies the same event
 * @param source where it would enter
 * @param broken the first rule that failed, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
        String type,
        String key,
        String source,
        SortedMap<String, Object> labels,
        List<Fired> fires,
        List<Silent> silent,
        List<Told> sinks,
        Broken broken) {
    /**
     * A rule that fires, for these sinks.
     *
     * @param resolve true, or null where the incident is not over
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Fired(String rule, String severity, Boolean resolve, List<String> sinks) {}

    /** A rule that does not fire, and why. */
    public record Silent(String rule, String because) {}

    /**
     * What a sink is told, by which rule.
     *
     * @param incident null for a sink without a queue
     * @param suppressed why nothing is sent, or null
     * @param message what is sent, or would be; null where the sink renders none
     * @param failed why there is no message, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Told(
            String sink,
            String rule,
            String severity,
            String incident,
            String suppressed,
            JsonNode message,
            String failed) {}

    /** A rule that fails, and why. */
    public record Broken(String rule, String reason) {}
}
