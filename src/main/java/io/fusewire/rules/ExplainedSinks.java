package io.fusewire.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.component.RouteModel;
import io.fusewire.delivery.SinkRegistry;
import io.fusewire.error.TemplateException;
import io.fusewire.message.Alert;
import io.fusewire.message.MessageFormat;
import io.fusewire.message.Templates;
import io.fusewire.store.Decision;
import io.fusewire.store.Decision.Addressed;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.ForeseenIncident;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;

/** What each sink would be told of an event that is not stored. Thread-safe. */
final class ExplainedSinks {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CamelContext camel;
    private final SinkRegistry sinks;
    private final Templates templates;

    ExplainedSinks(CamelContext camel, SinkRegistry sinks, Templates templates) {
        this.camel = camel;
        this.sinks = sinks;
        this.templates = templates;
    }

    /** @param incidents what its alerts would do, by rule */
    List<Explanation.Told> told(RuleEvaluation open, Decision decision, Map<String, ForeseenIncident> incidents) {
        Map<String, Addressed> queued =
                decision.addressed().collect(Collectors.toMap(Addressed::sink, Function.identity()));
        List<Explanation.Told> told = new ArrayList<>();
        open.specs().forEach((sink, spec) -> {
            Addressed addressed = queued.get(sink);
            ForeseenIncident incident = spec.grouping() == null ? null : incidents.get(spec.rule());
            if (addressed == null) {
                told.add(new Explanation.Told(sink, spec.rule(), spec.severity(), null, null, null, null));
            } else if (incident == null) {
                Alert own = open.alert(spec, addressed.incident());
                told.add(told(sink, spec, addressed.incident(), addressed.suppressed(), Optional.of(own)));
            } else {
                String why = addressed.suppressed();
                String key = incident.incident().key();
                Optional<Alert> alert =
                        incident.news(sink).map(news -> sinks.sink(sink).alert(news, open.receivedAt(), open.event()));
                told.add(told(sink, spec, key, why == null ? incident.incident().held() : why, alert));
            }
        });
        return told;
    }

    private Explanation.Told told(
            String sink, AlertSpec spec, String incident, String suppressed, Optional<Alert> alert) {
        JsonNode message = null;
        String failed = null;
        try {
            message = alert.isEmpty() ? null : message(sink, alert.get()).orElse(null);
        } catch (TemplateException e) {
            failed = e.getMessage();
        }
        return new Explanation.Told(sink, spec.rule(), spec.severity(), incident, suppressed, message, failed);
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
