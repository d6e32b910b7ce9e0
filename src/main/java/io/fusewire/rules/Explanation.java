package io.fusewire.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.store.Decision.Grouping;
import io.fusewire.store.ForeseenIncident;
import io.fusewire.store.IncidentState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What the rules in force make of an event, in the names of the admin API. What is null is left out there.
 *
 * @param key what makes two copies the same event
 * @param source where it would enter
 * @param incidents those that its alerts would join
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
        List<Incident> incidents,
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
     * An incident that an alert would open or join. Durations are as a route writes them.
     *
     * @param is what the alert would do to it: opened, joined, graver, closed, or late
     * @param id its number; null where it is new
     * @param key what sinks know it by
     * @param count its alerts, with this one
     * @param group the labels that tell it from another
     * @param unless the rule that holds it back, or null
     * @param acknowledged who works on it, so that it is not repeated, or null
     * @param held why nobody would be told, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Incident(
            String rule,
            String is,
            Long id,
            String key,
            String severity,
            long count,
            Map<String, String> group,
            String groupWait,
            String groupInterval,
            String repeatInterval,
            String resolveAfter,
            String unless,
            String acknowledged,
            String held) {
        static Incident of(ForeseenIncident foreseen, Grouping grouping) {
            IncidentState state = foreseen.incident();
            return new Incident(
                    state.rule(),
                    foreseen.is(),
                    state.id() == 0 ? null : state.id(),
                    state.key(),
                    state.severity(),
                    state.count(),
                    state.labels(),
                    duration(grouping.groupWait()),
                    duration(grouping.groupInterval()),
                    grouping.repeatInterval() == null ? "off" : duration(grouping.repeatInterval()),
                    grouping.resolveAfter() == null ? "never" : duration(grouping.resolveAfter()),
                    grouping.unless(),
                    state.acknowledged() == null ? null : state.by(),
                    state.held());
        }
    }

    /** As a route writes it: {@code 0s}, {@code 5m}, {@code 1h30m}; what is below a second is left out. */
    public static String duration(Duration time) {
        String words = unit(time.toDays(), "d") + unit(time.toHoursPart(), "h") + unit(time.toMinutesPart(), "m");
        String seconds = unit(time.toSecondsPart(), "s");
        return words.isEmpty() && seconds.isEmpty() ? "0s" : words + seconds;
    }

    private static String unit(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }

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
