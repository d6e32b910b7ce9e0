package io.fusewire.check;

import io.fusewire.queue.AlertEndpoint;
import io.fusewire.queue.SinkEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/**
 * What Camel would pass over in silence: a route without an id or a description, a policy or a sink that doesn't
 * exist. Asked once all routes are loaded, before any of them runs.
 */
public final class HouseRules {
    private final CamelContext camel;

    public HouseRules(CamelContext camel) {
        this.camel = camel;
    }

    /** One sentence for each fault, with file, word, and the words that would have been right. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        Set<String> policies = new TreeSet<>();
        model.getRouteConfigurationDefinitions().forEach(policy -> policies.add(policy.getId()));
        for (RouteDefinition route : model.getRouteDefinitions()) {
            if (!Boolean.TRUE.equals(route.isKamelet())) {
                check(route, policies, faults);
            }
        }
        checkSinks(faults);
        return faults;
    }

    private void check(RouteDefinition route, Set<String> policies, List<String> faults) {
        if (!route.hasCustomIdAssigned()) {
            faults.add(file(route) + ": the route from " + route.getInput().getEndpointUri() + " has no id.");
        }
        if (route.getDescriptionText() == null && route.getTemplateParameters() == null) {
            faults.add(file(route) + ": route " + route.getId() + " has no description.");
        }
        String policy = route.getRouteConfigurationId();
        if (policy != null && !policies.contains(policy)) {
            faults.add(file(route) + ": route " + route.getId() + " asks for the policy '" + policy + "'; there are "
                    + String.join(", ", policies) + ".");
        }
        if (policy == null && route.getInput().getEndpointUri().startsWith("fusewire:deliveries/")) {
            faults.add(file(route) + ": sink route " + route.getId() + " names no policy (routeConfigurationId);"
                    + " there are " + String.join(", ", policies) + ".");
        }
    }

    private void checkSinks(List<String> faults) {
        Set<String> sinks = new TreeSet<>();
        List<AlertEndpoint> alerts = new ArrayList<>();
        for (Endpoint endpoint : camel.getEndpoints()) {
            if (endpoint instanceof SinkEndpoint sink) {
                sinks.add(sink.sink());
            } else if (endpoint instanceof AlertEndpoint alert) {
                alerts.add(alert);
            }
        }
        for (AlertEndpoint alert : alerts) {
            for (String sink : alert.sinkNames()) {
                if (!sinks.contains(sink)) {
                    faults.add("Rule " + alert.rule() + " names the sink '" + sink + "'; there are "
                            + String.join(", ", sinks) + ".");
                }
            }
        }
    }

    private static String file(RouteDefinition route) {
        return route.getResource() == null ? "a route" : route.getResource().getLocation();
    }
}
