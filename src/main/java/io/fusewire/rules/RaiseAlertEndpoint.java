package io.fusewire.rules;

import io.fusewire.component.SendOnlyEndpoint;
import io.fusewire.store.AlertSpec;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;

/** {@code fusewire:alert/<rule>}: the rule fires, for these sinks, this gravely. Only a {@code to}. */
public final class RaiseAlertEndpoint extends SendOnlyEndpoint {
    private static final List<String> SEVERITIES = List.of("critical", "error", "warning", "info");

    private final String rule;
    private String severity = "info";
    private String sinks = "";
    private boolean resolve;
    private List<String> named;
    private AlertSpec spec;

    public RaiseAlertEndpoint(String uri, Component component, String rule) {
        super(uri, component);
        this.rule = rule;
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
            throw new IllegalArgumentException("rule " + rule + ": there is no severity '" + severity + "'; there are "
                    + String.join(", ", SEVERITIES));
        }
        spec = new AlertSpec(rule, severity, resolve);
        return super.createProducer();
    }

    @Override
    protected void process(Exchange exchange) {
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
}
