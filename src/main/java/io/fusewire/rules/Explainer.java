package io.fusewire.rules;

import io.fusewire.delivery.SinkRegistry;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.message.Templates;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Decision;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.ForeseenIncident;
import io.fusewire.store.PendingEvents;
import io.fusewire.store.Store;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.support.DefaultExchange;

/**
 * Says what the rules in force make of an event: which fire, why the others don't, and what each sink would be sent. It
 * goes through the same routes and templates as an event that is kept; nothing is stored, counted or sent. Thread-safe.
 */
public final class Explainer {
    private final CamelContext camel;
    private final RulesModule rules;
    private final SinkRegistry sinks;
    private final Templates templates;
    private final ActiveSilences silences;
    private final PendingEvents pending;
    private final EventReader reader;

    public Explainer(CamelContext camel, RulesModule rules, SinkRegistry sinks, Templates templates) {
        this(camel, rules, sinks, templates, rules.silences(), rules.pending());
    }

    private Explainer(
            CamelContext camel,
            RulesModule rules,
            SinkRegistry sinks,
            Templates templates,
            ActiveSilences silences,
            PendingEvents pending) {
        this.camel = camel;
        this.rules = rules;
        this.sinks = sinks;
        this.templates = templates;
        this.silences = silences;
        this.pending = pending;
        this.reader = rules.reader();
    }

    /** The same with the silences and the incidents of another store. */
    public Explainer with(Store other) {
        return new Explainer(
                camel,
                rules,
                sinks,
                templates,
                new ActiveSilences(other, System::nanoTime),
                new PendingEvents(other, mostOpen(), changed -> {}));
    }

    /**
     * A trial of what several events become by and by.
     *
     * @param folder an empty one, for its store
     */
    public IncidentTrial trial(Path folder) {
        return new IncidentTrial(rules, folder, mostOpen());
    }

    private int mostOpen() {
        return Integer.parseInt(camel.resolvePropertyPlaceholders("{{rules.max-open-incidents}}"));
    }

    /**
     * Explains an event.
     *
     * @param body null for an empty one
     * @param source where it would have entered; null for the default one
     * @throws UnreadableEventException as the webhook would
     */
    public Explanation explain(byte[] body, @Header("source") String source) throws UnreadableEventException {
        Event event = reader.read(body == null ? new byte[0] : body, source == null ? "default" : source);
        RuleEvaluation open = rules.tryOut(event);
        List<Explanation.Silent> silent = silent(open);
        Decision decision = open.decide(sinks::sink, silences);
        Map<String, ForeseenIncident> incidents = new LinkedHashMap<>();
        decision.joined().forEach(alert -> incidents.put(alert.spec().rule(), pending.foresee(alert)));
        return new Explanation(
                event.type(),
                event.key(),
                event.source(),
                new TreeMap<>(event.labels()),
                open.fired().stream().map(Explainer::fired).toList(),
                silent,
                decision.joined().stream()
                        .map(alert -> Explanation.Incident.of(
                                incidents.get(alert.spec().rule()), alert.spec().grouping()))
                        .toList(),
                new ExplainedSinks(camel, sinks, templates).told(open, decision, incidents),
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
                .addressed()
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
        open.in(exchange);
        return places.rules().stream()
                .filter(rule -> open.fired().stream()
                        .noneMatch(fired -> fired.spec().rule().equals(rule)))
                .map(rule -> new Explanation.Silent(
                        rule, places.because(rule, exchange).orElse("it failed, or an earlier step stopped the event")))
                .toList();
    }
}
