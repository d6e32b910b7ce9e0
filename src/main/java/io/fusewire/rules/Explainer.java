package io.fusewire.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.component.RouteModel;
import io.fusewire.delivery.SinkRegistry;
import io.fusewire.error.TemplateException;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.message.MessageFormat;
import io.fusewire.message.Templates;
import io.fusewire.store.AlertSpec;
import io.fusewire.store.Decision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    private final EventReader reader;

    public Explainer(CamelContext camel, RulesModule rules, SinkRegistry sinks, Templates templates) {
        this.camel = camel;
        this.rules = rules;
        this.sinks = sinks;
        this.templates = templates;
        this.reader = rules.reader();
    }

    /**
     * Explains an event, in the names of the admin API.
     *
     * @param source where it would have entered; null for the default one
     * @throws UnreadableEventException as the webhook would
     */
    public Map<String, Object> explain(byte[] body, @Header("source") String source) throws UnreadableEventException {
        Event event = reader.read(body, source == null ? "default" : source);
        RuleEvaluation open = rules.tryOut(event);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("type", event.type());
        told.put("key", event.key());
        told.put("source", event.source());
        told.put("labels", new TreeMap<>(event.labels()));
        told.put("fires", open.fired().stream().map(Explainer::fired).toList());
        told.put("silent", silent(open));
        told.put("sinks", sinks(open));
        if (open.brokenRule() != null) {
            told.put("broken", Map.of("rule", open.brokenRule(), "reason", open.reason()));
        }
        return told;
    }

    /**
     * What each sink with a queue would be told, in the form {@code rule (severity)}, by sink.
     *
     * @throws UnreadableEventException as the webhook would
     */
    public Map<String, String> alerts(byte[] body, String source) throws UnreadableEventException {
        Map<String, String> alerts = new TreeMap<>();
        rules.tryOut(reader.read(body, source))
                .decide(sinks::sink)
                .alerts()
                .forEach(alert -> alerts.put(alert.sink(), alert.rule() + " (" + alert.severity() + ")"));
        return alerts;
    }

    private static Map<String, Object> fired(RuleEvaluation.Fired fired) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("rule", fired.spec().rule());
        one.put("severity", fired.spec().severity());
        if (fired.spec().resolve()) {
            one.put("resolve", true);
        }
        one.put("sinks", fired.sinks());
        return one;
    }

    private List<Map<String, Object>> silent(RuleEvaluation open) {
        RuleConditions places = new RuleConditions(camel);
        Exchange exchange = new DefaultExchange(camel);
        open.in(exchange, Set.of());
        List<Map<String, Object>> silent = new ArrayList<>();
        for (String rule : places.rules()) {
            if (open.fired().stream().noneMatch(fired -> fired.spec().rule().equals(rule))) {
                silent.add(Map.of(
                        "rule",
                        rule,
                        "because",
                        places.because(rule, exchange).orElse("it failed, or an earlier step stopped the event")));
            }
        }
        return silent;
    }

    private List<Map<String, Object>> sinks(RuleEvaluation open) {
        Decision decision = open.decide(sinks::sink);
        List<Map<String, Object>> told = new ArrayList<>();
        open.specs().forEach((name, spec) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("sink", name);
            one.put("rule", spec.rule());
            one.put("severity", spec.severity());
            decision.alerts().stream()
                    .filter(alert -> alert.sink().equals(name))
                    .findFirst()
                    .ifPresent(alert -> {
                        one.put("incident", alert.incident());
                        Optional.ofNullable(alert.suppressed()).ifPresent(why -> one.put("suppressed", why));
                        message(name, open, spec, one);
                    });
            told.add(one);
        });
        return told;
    }

    private void message(String sink, RuleEvaluation open, AlertSpec spec, Map<String, Object> into) {
        Optional<RouteModel.Rendered> rendered = rendered(sink);
        if (rendered.isEmpty()) {
            return;
        }
        try {
            MessageFormat format = MessageFormat.of(
                    camel.resolvePropertyPlaceholders(rendered.get().format()));
            String message = templates
                    .render(sink, rendered.get().template(), format, open.alert(spec))
                    .toString();
            into.put("message", JSON.readTree(message));
        } catch (TemplateException e) {
            into.put("failed", e.getMessage());
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
