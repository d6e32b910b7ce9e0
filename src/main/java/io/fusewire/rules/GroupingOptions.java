package io.fusewire.rules;

import io.fusewire.event.Labels;
import io.fusewire.store.Decision.Grouping;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.util.TimeUtils;

/**
 * The options by which a rule's alerts become incidents: what its route says, else the rule's own property ({@code
 * rules.<rule>.group-interval}), else the one for all rules ({@code rules.group-interval}), which {@code unless} has not.
 */
final class GroupingOptions {
    private static final String EACH_EVENT = "event";
    private static final Pattern DURATION =
            Pattern.compile("0|(?=.)(\\d{1,4}d)?(\\d{1,5}h)?(\\d{1,7}m)?(\\d{1,9}s)?(\\d{1,12}ms)?");

    private final String rule;
    private final Function<String, Optional<String>> properties;
    private final Map<String, String> said = new LinkedHashMap<>();

    /** @param properties finds the value of a property */
    GroupingOptions(String rule, Function<String, Optional<String>> properties) {
        this.rule = rule;
        this.properties = properties;
    }

    /** What the rule's route says. */
    void say(String option, String value) {
        said.put(option, value);
    }

    /**
     * How the rule's alerts join; null where each is a message of its own.
     *
     * @param recovers whether the rule's events say themselves when it is over
     * @throws IllegalArgumentException in one sentence that names the rule, the option and what would have been right
     */
    Grouping grouping(boolean recovers) {
        List<String> by = Stream.of(find("groupBy").split(","))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .toList();
        if (by.equals(List.of(EACH_EVENT))) {
            return null;
        }
        for (String label : by) {
            if (!Labels.TEXTS.contains(label)) {
                throw refused(
                        "groupBy",
                        "there is no label '" + label + "'; there are " + String.join(", ", Labels.TEXTS)
                                + ", and 'event' alone for a message for each event");
            }
        }
        Duration interval = duration("groupInterval", null);
        Duration repeat = duration("repeatInterval", "off");
        Duration resolveAfter = duration("resolveAfter", "never");
        if (resolveAfter != null && resolveAfter.compareTo(interval) < 0) {
            throw refused(
                    "resolveAfter", "it is shorter than groupInterval, so that no message would tell how it develops");
        }
        if (repeat != null && repeat.compareTo(interval) < 0) {
            throw refused("repeatInterval", "it is shorter than groupInterval, the least time between two messages");
        }
        if (Duration.ZERO.equals(repeat)) {
            throw refused("repeatInterval", "it would be told without end; 'off' is never");
        }
        Duration wait = duration("groupWait", null);
        if (resolveAfter != null && wait.compareTo(resolveAfter) >= 0) {
            throw refused("groupWait", "it is no shorter than resolveAfter, so that nobody would be told");
        }
        // There is none for all: what yields to all would yield to itself.
        String unless = own("unless").filter(other -> !other.isEmpty()).orElse(null);
        if (rule.equals(unless)) {
            throw refused("unless", "a rule can't yield to itself");
        }
        return new Grouping(by, wait, interval, repeat, resolveAfter, recovers, unless);
    }

    /** @param none the word for no duration at all; null where there must be one */
    private Duration duration(String option, String none) {
        String value = find(option);
        if (value.equals(none)) {
            return null;
        }
        if (!DURATION.matcher(value).matches()) {
            throw refused(
                    option,
                    "'" + value + "' is not a duration such as 30s or 5m"
                            + (none == null ? "" : ", nor '" + none + "'"));
        }
        return Duration.ofMillis(TimeUtils.toMilliSeconds(value));
    }

    private String find(String option) {
        return own(option)
                .or(() -> properties.apply("rules." + property(option)))
                .map(String::strip)
                .orElse("");
    }

    private Optional<String> own(String option) {
        return Optional.ofNullable(said.get(option))
                .or(() -> properties.apply("rules." + rule + "." + property(option)))
                .map(String::strip);
    }

    private static String property(String option) {
        return option.replaceAll("([A-Z])", "-$1").toLowerCase();
    }

    private IllegalArgumentException refused(String option, String why) {
        return new IllegalArgumentException("rule " + rule + ", " + option + ": " + why);
    }
}
