package io.fusewire.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.component.RouteModel;
import io.fusewire.delivery.SinkRegistry;
import io.fusewire.error.TemplateException;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.message.Alert;
import io.fusewire.message.MessageFormat;
import io.fusewire.message.Templates;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.AlertSpec;
import io.fusewire.store.PendingEvents.Decision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.model.Model;
import org.apache.camel.support.DefaultExchange;

/**
 * Says what the rules in force make of an event: which fire, why the others don't, and what each sink would be sent. It
 * goes through the same routes and templates as an event that is kept; nothing is stored, counted or sent. Thread-safe.
 */
public final class Explainer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CamelContext camel;
    private final RulesModule rules;
    private final SinkRegistry sinks;
    private final Templates templates;
    private final ActiveSilences silences;
    private final EventReader reader;

    public Explainer(CamelContext camel, RulesModule rules, SinkRegistry sinks, Templates templates) {
        this(camel, rules, sinks, templates, rules.silences());
    }

    private Explainer(
            CamelContext camel, RulesModule rules, SinkRegistry sinks, Templates templates, ActiveSilences silences) {
        this.camel = camel;
        this.rules = rules;
        this.sinks = sinks;
        this.templates = templates;
        this.silences = silences;
        this.reader = rules.reader();
    }

    /** The same with the silences of another store. */
    public Explainer with(ActiveSilences others) {
        return new Explainer(camel, rules, sinks, templates, others);
    }

    /**
     * Explains an event.
     *
     * @param source where it would have entered; null for the default one
     * @throws UnreadableEventException as the webhook would
     */
    public Explanation explain(byte[] body, @Header("source") String source) throws UnreadableEventException {
        Event event = reader.read(body, source == null ? "default" : source);
        RuleEvaluation open = rules.tryOut(event);
        List<Explanation.Silent> silent = silent(open);
        List<Explanation.Told> told = told(open);
        return new Explanation(
                event.type(),
                event.key(),
                event.source(),
                new TreeMap<>(event.labels()),
                open.fired().stream().map(Explainer::fired).toList(),
                silent,
                told,
                open.brokenRule() == null ? null : new Explanation.Broken(open.brokenRule(), open.reason()));
    }

    /**
     * What each sink with a queue would be told, in the form {@code rule (severity)}, by sink.
     *
     * @throws UnreadableEventException as the webhook would
     */
    public Map<String, String> alerts(byte[] body, String source) throws UnreadableEventException {
        Map<String, String> alerts = new TreeMap<>();
        rules.tryOut(reader.read(body, source))
                .decide(sinks::sink, silences)
                .alerts()
                .forEach(alert -> alerts.put(alert.sink(), alert.rule() + " (" + alert.severity() + ")"));
        return alerts;
    }

    private static Explanation.Fired fired(RuleEvaluation.Fired fired) {
        AlertSpec spec = fired.spec();
        return new Explanation.Fired(spec.rule(), spec.severity(), spec.resolve() ? true : null, fired.sinks());
    }

    private List<Explanation.Silent> silent(RuleEvaluation open) {
        RuleConditions places = new RuleConditions(camel);
        Exchange exchange = new DefaultExchange(camel);
        open.in(exchange, Set.of());
        return places.rules().stream()
                .filter(rule -> open.fired().stream()
                        .noneMatch(fired -> fired.spec().rule().equals(rule)))
                .map(rule -> new Explanation.Silent(
                        rule, places.because(rule, exchange).orElse("it failed, or an earlier step stopped the event")))
                .toList();
    }

    private List<Explanation.Told> told(RuleEvaluation open) {
        Map<String, Decision.Addressed> queued = open.decide(sinks::sink, silences).alerts().stream()
                .collect(Collectors.toMap(Decision.Addressed::sink, Function.identity()));
        List<Explanation.Told> told = new ArrayList<>();
        open.specs().forEach((sink, spec) -> told.add(told(sink, spec, queued.get(sink), open)));
        return told;
    }

    private Explanation.Told told(String sink, AlertSpec spec, Decision.Addressed queued, RuleEvaluation open) {
        if (queued == null) {
            return new Explanation.Told(sink, spec.rule(), spec.severity(), null, null, null, null);
        }
        JsonNode message = null;
        String failed = null;
        try {
            message = message(sink, open.alert(spec)).orElse(null);
        } catch (TemplateException e) {
            failed = e.getMessage();
        }
        return new Explanation.Told(
                sink, spec.rule(), spec.severity(), queued.incident(), queued.suppressed(), message, failed);
    }

    private Optional<JsonNode> message(String sink, Alert alert) throws TemplateException {
        Optional<RouteModel.Rendered> rendered = rendered(sink);
        if (rendered.isEmpty()) {
            return Optional.empty();
        }
        MessageFormat format = MessageFormat.of(
                camel.resolvePropertyPlaceholders(rendered.get().format()));
        try {
            return Optional.of(JSON.readTree(templates
                    .render(sink, rendered.get().template(), format, alert)
                    .toString()));
        } catch (IOException e) {
            throw new IllegalStateException("a template made no JSON", e);
        }
    }

    /** What the sink's route renders first. */
    private Optional<RouteModel.Rendered> rendered(String sink) {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        return model.getRouteDefinitions().stream()
                .filter(route ->
                        RouteModel.queuedSink(route).filter(sink::equals).isPresent())
                .flatMap(route -> RouteModel.rendered(route).stream())
                .findFirst();
    }
}
