package io.fusewire.rules;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.component.RouteModel;
import io.fusewire.error.InvalidRequestException;
import io.fusewire.event.Labels;
import io.fusewire.store.IncidentHistory;
import io.fusewire.store.IncidentState;
import io.fusewire.store.SilenceMatcher;
import io.fusewire.store.Silences;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** Makes the silences that operators ask for, in the words of the rules in force and of the events' labels. Thread-safe. */
public final class Silencer {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final List<String> FIELDS = List.of("matchers", "from", "until", "for", "by", "why");
    private static final Set<String> OF_A_MATCHER = Set.of("label", "op", "value");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    /** Of a longer word nobody needs to be told what was meant. */
    private static final int LONGEST_WORD = 40;

    private final CamelContext camel;
    private final Silences silences;
    private final IncidentHistory incidents;
    private final BiFunction<String, Collection<String>, Optional<String>> near;

    /** @param near which of some words was most likely meant by another */
    public Silencer(
            CamelContext camel,
            Silences silences,
            IncidentHistory incidents,
            BiFunction<String, Collection<String>, Optional<String>> near) {
        this.camel = camel;
        this.silences = silences;
        this.incidents = incidents;
        this.near = near;
    }

    /**
     * Makes a silence of {@code {"matchers": [{"label", "op", "value"}], "from", "until" or "for", "by", "why"}}; the same
     * request again is answered by the silence that there is.
     *
     * @return the silence as {@link Silences#list} tells it, with a {@code remark} where it names no rule in force
     * @throws InvalidRequestException in a sentence
     */
    public Map<String, Object> make(byte[] request) {
        JsonNode asked = read(request);
        List<SilenceMatcher> matchers = new ArrayList<>();
        for (JsonNode one : asked.path("matchers")) {
            // Those that are too many are refused, and not compiled before.
            if (matchers.size() <= Silences.MOST_MATCHERS) {
                matchers.add(matcher(one));
            }
        }
        Map<String, Object> made = silences.make(new Silences.Wanted(
                matchers,
                time("from", asked.path("from").asText(null)),
                time("until", asked.path("until").asText(null)),
                duration(asked.path("for").asText(null)),
                asked.path("by").textValue(),
                asked.path("why").textValue()));
        remark(matchers).ifPresent(remark -> made.put("remark", remark));
        return made;
    }

    /**
     * Makes a silence of what joins an incident, by its rule, its source and what tells it from others, and holds what waits to
     * be told of it.
     *
     * @param lasting how long, {@code 2h}; null where {@code until} says when it ends
     * @return as {@link #make}; null where there is no such incident
     */
    public Map<String, Object> hold(long incident, String lasting, String until, String by, String why) {
        IncidentState held = incidents.state(incident).orElse(null);
        if (held == null) {
            return null;
        }
        if (held.folded()) {
            throw new InvalidRequestException(
                    "Incident " + incident
                            + " stands for further causes of its rule, which have no more in common; make a silence by matchers.");
        }
        Map<String, String> labels = new LinkedHashMap<>(held.labels());
        labels.put(SilenceMatcher.RULE, held.rule());
        labels.put(Labels.SOURCE, held.source());
        Map<String, Object> made = silences.make(new Silences.Wanted(
                labels.entrySet().stream()
                        .map(label -> SilenceMatcher.of(
                                label.getKey(), "=", InvalidRequestException.printable(label.getValue())))
                        .toList(),
                null,
                time("until", until),
                duration(lasting),
                by,
                why));
        incidents.hold(incident, (Long) made.get("id"));
        return made;
    }

    private JsonNode read(byte[] request) {
        JsonNode asked;
        try {
            asked = JSON.readTree(request == null ? new byte[0] : request);
        } catch (IOException e) {
            throw new InvalidRequestException("The request is not JSON, or has a field twice.");
        }
        if (!asked.isObject() || !asked.path("matchers").isArray()) {
            throw new InvalidRequestException(
                    "A silence is an object with a list of matchers, until or for, by and why.");
        }
        asked.fieldNames().forEachRemaining(field -> known("field", field, FIELDS));
        return asked;
    }

    private SilenceMatcher matcher(JsonNode one) {
        Set<String> fields = new TreeSet<>();
        one.fieldNames().forEachRemaining(fields::add);
        if (!fields.equals(OF_A_MATCHER) || !one.path("label").isTextual()) {
            throw new InvalidRequestException("A matcher is an object with label, op and value, each a text.");
        }
        String label = one.path("label").textValue();
        Set<String> labels = new TreeSet<>(Labels.ALL);
        labels.add(SilenceMatcher.RULE);
        known("label", label, labels);
        return SilenceMatcher.of(
                label, one.path("op").textValue(), one.path("value").textValue());
    }

    private void known(String what, String word, Collection<String> words) {
        if (!words.contains(word)) {
            String named = word.length() <= LONGEST_WORD ? " '" + word + "'" : " so long";
            throw new InvalidRequestException("There is no " + what + named + "; " + meant(word, words));
        }
    }

    private String meant(String word, Collection<String> words) {
        return Optional.of(word)
                .filter(any -> word.length() <= LONGEST_WORD)
                .flatMap(any -> near.apply(word, words))
                .map(one -> "did you mean " + one + "?")
                .orElse("there are " + String.join(", ", words) + ".");
    }

    private static Instant time(String field, String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant time = Instant.parse(text);
            time.toEpochMilli();
            return time;
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidRequestException(field + " is a time such as 2026-11-30T08:00:00Z.");
        }
    }

    private static Duration duration(String text) {
        if (text == null) {
            return null;
        }
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            throw new InvalidRequestException("for is a duration such as 30m, 2h or 7d.");
        }
        return UNITS.get(duration.group(2)).multipliedBy(Long.parseLong(duration.group(1)));
    }

    /** A rule may come yet, so that this is no fault. */
    private Optional<String> remark(List<SilenceMatcher> matchers) {
        Set<String> rules = RouteModel.ruleNames(camel);
        return matchers.stream()
                .filter(one -> one.label().equals(SilenceMatcher.RULE)
                        && rules.stream().noneMatch(one::names))
                .findFirst()
                .map(one -> "No rule in force is meant by " + one + "; " + meant(one.value(), rules));
    }
}
