package io.fusewire.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.delivery.SinkEndpoint;
import io.fusewire.event.Event;
import io.fusewire.event.Labels;
import io.fusewire.message.Alert;
import io.fusewire.rules.RuleEvaluation.Fired;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Decision.Addressed;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.Decision.Cause;
import io.fusewire.store.Decision.Joined;
import io.fusewire.store.Silence;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Which sinks are told what of an event's alerts. A sink is told once: by the first rule that names it and that no silence
 * holds, with the graver severity. Where that rule groups its alerts, by the incident; else by a message of its own.
 */
final class AlertRouting {
    private final RuleEvaluation open;
    private final Instant received;
    private final Function<String, SinkEndpoint> sinks;
    private final Map<String, Silence> held = new HashMap<>();
    private final List<Addressed> own = new ArrayList<>();
    private final Map<String, List<Addressed>> grouped = new HashMap<>();

    AlertRouting(RuleEvaluation open, Instant received, Function<String, SinkEndpoint> sinks, ActiveSilences silences) {
        this.open = open;
        this.received = received;
        this.sinks = sinks;
        for (Fired fired : open.fired()) {
            String rule = fired.spec().rule();
            silences.holding(open.event().labels(), rule).ifPresent(silence -> held.put(rule, silence));
        }
        open.specs().entrySet().forEach(this::route);
    }

    private void route(Map.Entry<String, AlertSpec> told) {
        String name = told.getKey();
        SinkEndpoint sink = sinks.apply(name);
        if (sink == null) {
            open.broken(told.getValue().rule(), "no route empties the sink '" + name + "'");
        } else if (sink.queued()) {
            heard(name).ifPresent(told::setValue);
            AlertSpec spec = told.getValue();
            Silence silence = spec.grouping() == null ? held.get(spec.rule()) : null;
            String why = silence == null ? null : silence.reason();
            List<Addressed> by =
                    spec.grouping() == null ? own : grouped.computeIfAbsent(spec.rule(), any -> new ArrayList<>());
            by.add(sink.address(open.event().source(), spec, open.incident(spec), why));
        }
    }

    /** What the rules that nothing holds say to a sink; empty where there is none. */
    private Optional<AlertSpec> heard(String sink) {
        return held.isEmpty()
                ? Optional.empty()
                : open.fired().stream()
                        .filter(one -> one.sinks().contains(sink)
                                && !held.containsKey(one.spec().rule()))
                        .map(Fired::spec)
                        .reduce(AlertSpec::graver);
    }

    /** Messages of their own. */
    List<Addressed> own() {
        return own;
    }

    /** One for each rule that groups its alerts and names a sink with a queue, also where another rule tells that sink. */
    List<Joined> joined() {
        Map<String, AlertSpec> rules = new LinkedHashMap<>();
        for (Fired fired : open.fired()) {
            if (fired.spec().grouping() != null && fired.sinks().stream().anyMatch(this::hasQueue)) {
                rules.merge(fired.spec().rule(), fired.spec(), AlertSpec::graver);
            }
        }
        return rules.values().stream()
                .map(spec -> AlertCause.joined(
                        open.event(),
                        received,
                        spec,
                        held.get(spec.rule()),
                        grouped.getOrDefault(spec.rule(), List.of())))
                .toList();
    }

    private boolean hasQueue(String name) {
        SinkEndpoint sink = sinks.apply(name);
        return sink != null && sink.queued();
    }

    /** Which incident an event's alert joins, by the labels that its rule groups by, and as of when. */
    static final class AlertCause {
        private static final Map<String, String> FURTHER = Map.of("further", "causes");
        private static final int LONGEST_TIME = 40;
        private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

        /** More than a silence's matcher may have, so that none is made that would never match. */
        private static final int LONGEST_LABEL = 510;

        /** A sender comes again, and a poll goes back, for a day. */
        private static final Duration LONGEST_WAY = Duration.ofDays(2);

        private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

        private AlertCause() {}

        /**
         * @param silence what holds the alert back, or null
         * @param sinks who is told of the incident
         */
        static Joined joined(Event event, Instant received, AlertSpec spec, Silence silence, List<Addressed> sinks) {
            Map<String, String> group = new LinkedHashMap<>();
            spec.grouping().groupBy().forEach(label -> group.put(label, event.label(label)));
            Map<String, String> labels = new LinkedHashMap<>(group);
            labels.replaceAll((label, text) -> plain(text));
            group.keySet().removeAll(List.of(Labels.SOURCE, Labels.PROJECT));
            String project = labels.containsKey(Labels.PROJECT) ? event.label(Labels.PROJECT) : "";
            String trace = event.label(Labels.TRACE);
            String text = event.text();
            return new Joined(
                    spec,
                    new Cause(
                            Alert.incident(event.source(), project, spec.rule(), group),
                            Alert.incident(event.source(), "", spec.rule(), FURTHER),
                            event.source(),
                            plain(event.label(Labels.PROJECT)),
                            labels),
                    time(event, received).toEpochMilli(),
                    text == null ? null : plain(text),
                    trace.equals(Labels.NONE) || trace.length() > LONGEST_LABEL ? null : plain(trace),
                    silence == null ? null : silence.id(),
                    sinks);
        }

        /** As any database stores it, in bounds that keep an incident small: a key of a longer one is still its own. */
        private static String plain(String text) {
            if (text.length() <= LONGEST_LABEL && text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                return text;
            }
            // Half of a surrogate pair becomes a question mark.
            byte[] whole =
                    text.substring(0, Math.min(text.length(), LONGEST_LABEL)).getBytes(UTF_8);
            return CONTROL.matcher(new String(whole, UTF_8)).replaceAll("?");
        }

        /** The event's own time; when it was received where it tells none, or one that can't be. */
        private static Instant time(Event event, Instant received) {
            return time(event)
                    .filter(time ->
                            time.isAfter(received.minus(LONGEST_WAY)) && time.isBefore(received.plus(CLOCKS_APART)))
                    .orElse(received);
        }

        /** The time that it tells, be it likely or not. */
        static Optional<Instant> time(Event event) {
            JsonNode payload = event.json().path("payload").path("timestamp");
            String told = (payload.isTextual() ? payload : event.json().path("timestamp")).asText();
            try {
                return told.length() > LONGEST_TIME
                        ? Optional.empty()
                        : Optional.of(OffsetDateTime.parse(told).toInstant());
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }
}
