package io.fusewire.store;

import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the rules made of one event.
 *
 * @param claimed the event
 * @param alerts messages of their own, at most one for each sink, in the order of the rules
 * @param joined alerts that join incidents, one for each rule
 * @param brokenRule the first rule that failed, or null
 * @param reason why it failed, or null
 */
public record Decision(
        ClaimedEvent claimed, List<Addressed> alerts, List<Joined> joined, String brokenRule, String reason) {
    private static final String UNDECIDED = "deciding";

    /** One that the rules did not come to, for a reason; the event's dead letter says so. */
    public static Decision broken(ClaimedEvent claimed, String reason) {
        return new Decision(claimed, List.of(), List.of(), UNDECIDED, reason);
    }

    /** Whether the rules did not come to it. */
    public boolean isUndecided() {
        return UNDECIDED.equals(brokenRule);
    }

    /** All that is addressed to sinks, as a message of its own or by an incident. */
    public Stream<Addressed> addressed() {
        return Stream.concat(alerts.stream(), joined.stream().flatMap(Joined::addressed));
    }

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

    /**
     * An alert that joins the incident of its cause.
     *
     * @param at the event's own time, in milliseconds since 1970
     * @param text what a person would call the event's text, or null
     * @param trace the event's trace, or null
     * @param silence the number of the silence that holds it back, or null
     * @param sinks who is told of the incident
     */
    public record Joined(
            AlertSpec spec, Cause cause, long at, String text, String trace, Long silence, List<Addressed> sinks) {
        private Stream<Addressed> addressed() {
            String held = silence == null ? null : Silence.REASON + silence;
            return sinks.stream()
                    .map(one -> new Addressed(
                            one.sink,
                            one.destination,
                            one.rule,
                            one.severity,
                            one.resolve,
                            cause.key,
                            one.suppressed == null ? held : one.suppressed));
        }
    }

    /**
     * What tells one incident from another.
     *
     * @param key the same for all alerts of the cause, and for no other; what sinks know the incident by
     * @param foldedKey that of the incident that stands for all further causes when too many are open
     * @param labels what the rule groups by
     */
    public record Cause(String key, String foldedKey, String source, String project, Map<String, String> labels) {}

    /**
     * What a commit did to an incident, for whoever counts.
     *
     * @param folded whether it stands for all further causes of its rule
     * @param alerts how many joined, the late ones among them
     * @param late how many of them are older than the recovery that closed it
     * @param closed why it closed, or null
     * @param held why nobody is told of it at present, or null
     */
    public record IncidentChange(
            String rule, boolean opened, boolean folded, long alerts, long late, String closed, String held) {}

    /**
     * What a rule says of an alert.
     *
     * @param severity critical, error, warning or info
     * @param resolve whether the event means that the incident is over
     * @param grouping how it joins others of its cause; null for a message of its own
     */
    public record AlertSpec(String rule, String severity, boolean resolve, Grouping grouping) {
        /** The least grave first. */
        public static final List<String> SEVERITIES = List.of("info", "warning", "error", "critical");

        /** One that makes a message of its own. */
        public AlertSpec(String rule, String severity, boolean resolve) {
            this(rule, severity, resolve, null);
        }

        /** This one, as grave as the graver of the two; it resolves where both do. */
        public AlertSpec graver(AlertSpec other) {
            return new AlertSpec(rule, graver(severity, other.severity), resolve && other.resolve, grouping);
        }

        static String graver(String severity, String other) {
            return isGraver(other, severity) ? other : severity;
        }

        /** Whether a severity is graver than another. */
        static boolean isGraver(String severity, String than) {
            return SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(than);
        }
    }

    /**
     * How a rule's alerts become incidents.
     *
     * @param groupBy the labels that tell one incident of the rule from another, in the order in which its key names them; the source
     *     does in any case
     * @param groupWait from the first alert to the first message
     * @param groupInterval the least time between two messages about one open incident
     * @param repeatInterval after how long without news a sink is told that it is still open; null for never
     * @param resolveAfter closes it after so long without an alert; null for never
     * @param recovers whether the rule's events say themselves when it is over
     * @param unless the rule whose open incident of the same source and project holds this one's messages back, or null
     */
    public record Grouping(
            List<String> groupBy,
            Duration groupWait,
            Duration groupInterval,
            Duration repeatInterval,
            Duration resolveAfter,
            boolean recovers,
            String unless) {
        static Long millis(Duration duration) {
            return duration == null ? null : duration.toMillis();
        }
    }

    /**
     * How an incident is told and closed, as it was when it opened. Durations are milliseconds.
     *
     * @param interval the least time between two messages
     * @param repeat after how long without news it is told again; null for never
     * @param resolveAfter closes it after so long without an alert; null for never
     * @param recovers whether its own events say when it is over
     * @param unless the rule whose open incident holds its messages back, or null
     */
    record IncidentTerms(long interval, Long repeat, Long resolveAfter, boolean recovers, String unless) {
        static IncidentTerms read(ResultSet row) throws SQLException {
            return new IncidentTerms(
                    row.getLong("group_interval"),
                    whole(row, "repeat_interval"),
                    whole(row, "resolve_after"),
                    row.getBoolean("recovers"),
                    row.getString("unless"));
        }

        static Long whole(ResultSet row, String column) throws SQLException {
            long value = row.getLong(column);
            return row.wasNull() ? null : value;
        }

        /** Why it closes by itself when nothing came since then; null where it doesn't. */
        String over(long touchedAt, long now) {
            boolean over = resolveAfter != null && touchedAt + resolveAfter <= now;
            return over ? (recovers ? "stale" : "quiet") : null;
        }
    }
}
