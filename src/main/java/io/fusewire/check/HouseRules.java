package io.fusewire.check;

import static org.apache.camel.model.ProcessorDefinitionHelper.filterTypeInOutputs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * What Camel would pass over in silence: a route without an id or a description, a policy or a sink that doesn't
 * exist. Asked once all routes are loaded, before any of them runs.
 */
public final class HouseRules {
    private static final Pattern SINK = Pattern.compile("^fusewire:(?://)?(?:deliveries|alerts)/([^?]+)");
    private static final Pattern ALERT = Pattern.compile("^fusewire:(?://)?alert/([^?]+).*[?&]sinks=([^&]*)");

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
        checkSinks(model.getRouteDefinitions(), faults);
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

    private static void checkSinks(List<RouteDefinition> routes, List<String> faults) {
        Set<String> sinks = new TreeSet<>();
        for (RouteDefinition route : routes) {
            Matcher sink = SINK.matcher(route.getInput().getEndpointUri());
            if (sink.find()) {
                sinks.add(sink.group(1));
            }
        }
        for (RouteDefinition route : routes) {
            for (ToDefinition to : filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
                Matcher alert = ALERT.matcher(to.getEndpointUri());
                if (alert.find()) {
                    checkAlert(route, alert.group(1), alert.group(2), sinks, faults);
                }
            }
        }
    }

    private static void checkAlert(
            RouteDefinition route, String rule, String named, Set<String> sinks, List<String> faults) {
        for (String sink : named.split(",")) {
            if (!sinks.contains(sink.strip())) {
                faults.add(file(route) + ": rule " + rule + " names the sink '" + sink.strip() + "'; there are "
                        + String.join(", ", sinks) + ".");
            }
        }
    }

    private static String file(RouteDefinition route) {
        return route.getResource() == null ? "a route" : route.getResource().getLocation();
    }
}
