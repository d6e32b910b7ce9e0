package io.fusewire.rules;

import io.fusewire.component.SendOnlyEndpoint;
import io.fusewire.store.AlertSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultProducer;

/** {@code fusewire:alert/<rule>}: the rule fires, for these sinks, this gravely. Only a {@code to}. */
public final class RaiseAlertEndpoint extends SendOnlyEndpoint {
    private static final List<String> SEVERITIES = List.of("critical", "error", "warning", "info");

    private final String rule;
    private String severity = "info";
    private String sinks = "";
    private boolean resolve;

    public RaiseAlertEndpoint(String uri, Component component, String rule) {
        super(uri, component);
        this.rule = rule;
    }

    @Override
    public Producer createProducer() {
        if (rule.isBlank() || sinkNames().isEmpty()) {
            throw new IllegalArgumentException(
                    getEndpointUri() + ": an alert needs its rule's name (fusewire:alert/<rule>) and its sinks");
        }
        if (!SEVERITIES.contains(severity)) {
            throw new IllegalArgumentException("rule " + rule + ": there is no severity '" + severity + "'; there are "
                    + String.join(", ", SEVERITIES));
        }
        AlertSpec spec = new AlertSpec(rule, severity, resolve);
        List<String> names = sinkNames();
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                RuleEvaluation.of(exchange).raise(spec, names);
            }
        };
    }

    private List<String> sinkNames() {
        List<String> names = new ArrayList<>();
        for (String name : sinks.split(",")) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    public String getSeverity() {
        return severity;
    }

    /** One of PagerDuty's four words: critical, error, warning, info. */
    public void setSeverity(String severity) {
        this.severity = severity;
    }

    public String getSinks() {
        return sinks;
    }

    /** Names of sinks, comma-separated. */
    public void setSinks(String sinks) {
        this.sinks = sinks;
    }

    public boolean isResolve() {
        return resolve;
    }

    /** True when the event means that the incident is over. */
    public void setResolve(boolean resolve) {
        this.resolve = resolve;
    }
}
