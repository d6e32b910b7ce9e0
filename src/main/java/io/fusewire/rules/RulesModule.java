package io.fusewire.rules;

import io.fusewire.component.FusewireComponent;
import io.fusewire.component.RouteModel;
import io.fusewire.component.Steps.SendOnlyEndpoint;
import io.fusewire.delivery.SinkRegistry;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Decision;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.PendingEvents;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;

/**
 * What the rules stand on, and the words of their routes. Thread-safe.
 *
 * @param decided hears of each decision once it is committed, on the rules' thread
 * @param redact takes every configured secret out of a text
 * @param worker the one that all rules share
 */
public record RulesModule(
        PendingEvents pending,
        EventReader reader,
        SinkRegistry sinks,
        ActiveSilences silences,
        Consumer<Decision> decided,
        UnaryOperator<String> redact,
        EventsWorker worker) {
    public RulesModule(
            PendingEvents pending,
            EventReader reader,
            SinkRegistry sinks,
            ActiveSilences silences,
            Consumer<Decision> decided,
            UnaryOperator<String> redact) {
        this(pending, reader, sinks, silences, decided, redact, new EventsWorker(pending));
    }

    /** Gives the component the rules' words. */
    public void register(FusewireComponent component) {
        component.register("events", (uri, owner, none, parameters) -> new EventsEndpoint(uri, owner, this));
        component.register("alert/<rule>", (uri, owner, rule, parameters) -> new RaiseAlertEndpoint(uri, owner, rule));
    }

    /** What the rules make of an event that is not stored. Nobody is told. */
    RuleEvaluation tryOut(Event event) throws UnreadableEventException {
        StoredEvent stored = new StoredEvent(0, event.key(), event.source(), Instant.now(), event.body());
        return worker.tryOut(new ClaimedEvent(stored, event, false), event);
    }

    /** Begins to take events: all routes have started, so no event misses the rules of one. */
    public void start() {
        worker.complete();
    }

    /** {@code fusewire:alert/<rule>}: the rule fires, for these sinks, this gravely. Only a {@code to}. */
    public static final class RaiseAlertEndpoint extends SendOnlyEndpoint {
        private static final List<String> SEVERITIES = List.of("critical", "error", "warning", "info");

        private final String rule;
        private final GroupingOptions options;
        private String severity = "info";
        private String sinks = "";
        private boolean resolve;
        private List<String> named;
        private volatile AlertSpec spec;

        public RaiseAlertEndpoint(String uri, Component component, String rule) {
            super(uri, component);
            this.rule = rule;
            this.options =
                    new GroupingOptions(rule, component.getCamelContext().getPropertiesComponent()::resolveProperty);
        }

        @Override
        public Producer createProducer() {
            named = Stream.of(sinks.split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
            if (rule.isBlank() || named.isEmpty()) {
                throw new IllegalArgumentException(
                        getEndpointUri() + ": an alert needs its rule's name (fusewire:alert/<rule>) and its sinks");
            }
            if (!SEVERITIES.contains(severity)) {
                throw new IllegalArgumentException("rule " + rule + ": there is no severity '" + severity
                        + "'; there are " + String.join(", ", SEVERITIES));
            }
            options.grouping(resolve);
            return super.createProducer();
        }

        @Override
        protected void process(Exchange exchange) {
            if (spec == null) {
                spec = new AlertSpec(
                        rule, severity, resolve, options.grouping(RouteModel.recovers(getCamelContext(), rule)));
            }
            RuleEvaluation.of(exchange).raise(spec, named);
        }

        /** One of PagerDuty's four words: critical, error, warning, info. */
        public void setSeverity(String severity) {
            this.severity = severity;
        }

        /** Names of sinks, comma-separated. */
        public void setSinks(String sinks) {
            this.sinks = sinks;
        }

        /** True when the event means that the incident is over. */
        public void setResolve(boolean resolve) {
            this.resolve = resolve;
        }

        /** The labels that tell one incident of the rule from another, comma-separated; {@code event} for a message for each event. */
        public void setGroupBy(String groupBy) {
            options.say("groupBy", groupBy);
        }

        /** From the first alert of an incident to its first message. */
        public void setGroupWait(String groupWait) {
            options.say("groupWait", groupWait);
        }

        /** The least time between two messages about one open incident. */
        public void setGroupInterval(String groupInterval) {
            options.say("groupInterval", groupInterval);
        }

        /** After how long without news it is said again that an incident is open; {@code off} for never. */
        public void setRepeatInterval(String repeatInterval) {
            options.say("repeatInterval", repeatInterval);
        }

        /** After how long without an alert an incident closes; {@code never} where the rule's events say when it is over. */
        public void setResolveAfter(String resolveAfter) {
            options.say("resolveAfter", resolveAfter);
        }

        /** A rule whose open incident of the same source and project holds this one's messages back. */
        public void setUnless(String unless) {
            options.say("unless", unless);
        }
    }
}
