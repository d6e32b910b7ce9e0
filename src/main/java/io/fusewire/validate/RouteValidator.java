package io.fusewire.validate;

import io.fusewire.component.RouteModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * What Camel would pass over in silence, or tell too late: a route without an id or a description, a policy or a sink
 * that doesn't exist, a step that no engineer would understand. Asked once all routes are loaded, before any of them
 * runs.
 */
public final class RouteValidator {
    private static final List<String> POST_TO_SLACK =
            List.of("kamelet:post-to-slack-sink", "kamelet:post-to-slack-channel-sink");

    private final CamelContext camel;
    private final Predicate<OptionalIdentifiedDefinition<?>> ours;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> policies = new TreeSet<>();
    private final Map<String, RouteDefinition> sinks = new TreeMap<>();
    private final Set<String> named = new TreeSet<>();
    private final RuleValidator rules;

    /** @param ours which routes and policies of the context to look at; the others are a host's */
    public RouteValidator(CamelContext camel, Predicate<OptionalIdentifiedDefinition<?>> ours) {
        this.camel = camel;
        this.ours = ours;
        this.rules = new RuleValidator(camel);
    }

    /** One sentence for each fault, with file, word, and the words that would have been right. */
    public List<String> faults() {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        StepValidator steps = new StepValidator(camel);
        model.getRouteConfigurationDefinitions().stream()
                .filter(OptionalIdentifiedDefinition::hasCustomIdAssigned)
                .forEach(policy -> policies.add(policy.getId()));
        List<RouteDefinition> routes = model.getRouteDefinitions().stream()
                .filter(ours)
                .filter(route -> !Boolean.TRUE.equals(route.isKamelet()))
                // Of two that clash, what was there before is right.
                .sorted(Comparator.comparing(RouteModel::isOwn))
                .toList();
        model.getRouteConfigurationDefinitions().stream().filter(ours).forEach(steps::check);
        for (RouteDefinition route : routes) {
            check(route);
            one(route);
            if (route.getTemplateParameters() == null) {
                steps.check(route);
            }
        }
        model.getRouteConfigurationDefinitions().stream()
                .filter(ours)
                .filter(policy -> !policy.hasCustomIdAssigned())
                .forEach(policy -> faults.add(ErrorSentences.file(policy)
                        + ": a routeConfiguration has no id; it would hold for every route."));
        routes.forEach(this::checkAlerts);
        faults.addAll(
                rules.faults(routes.stream().filter(RouteModel::takesEvents).toList()));
        faults.addAll(steps.faults());
        faults.addAll(new EventLoopValidator(camel).faults(routes));
        return faults;
    }

    /** What is no fault, and maybe not what was meant. After {@link #faults}. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(rules.remarks());
        sinks.forEach((name, sink) -> {
            if (RouteModel.isOwn(sink) && !named.contains(name)) {
                remarks.add(ErrorSentences.file(sink) + ": no rule names the sink '" + name + "'.");
            }
        });
        return remarks;
    }

    private void check(RouteDefinition route) {
        String file = ErrorSentences.file(route);
        if (!route.hasCustomIdAssigned()) {
            faults.add(file + ": the route from " + route.getInput().getEndpointUri() + " has no id.");
        }
        if (route.getDescriptionText() == null && route.getTemplateParameters() == null) {
            faults.add(file + ": route " + route.getId() + " has no description.");
        }
        String policy = route.getRouteConfigurationId();
        if (policy != null && !policies.contains(policy)) {
            faults.add(file + ": route " + route.getId() + " asks for the policy '" + policy + "'; there are "
                    + String.join(", ", policies) + ".");
        }
        boolean rule = RouteModel.takesEvents(route) && RouteModel.hasAnySteps(route);
        if (policy == null && (rule || RouteModel.queuedSink(route).isPresent())) {
            faults.add(file + ": " + (rule ? "rules" : "sink") + " route " + route.getId()
                    + " names no policy (routeConfigurationId); there are " + String.join(", ", policies) + ".");
        }
        RouteModel.rendered(route)
                .filter(rendered -> POST_TO_SLACK.stream().anyMatch(kamelet -> RouteModel.calls(route, kamelet))
                        && !rendered.format().equalsIgnoreCase("slack"))
                .ifPresent(
                        rendered -> faults.add(file + ": route " + route.getId() + " posts to Slack what it renders as "
                                + rendered.format() + "; let fusewire:render say format: slack."));
    }

    /** Each sink has one route: two would each take a part of what comes. */
    private void one(RouteDefinition route) {
        RouteModel.sink(route).ifPresent(sink -> {
            RouteDefinition other = sinks.putIfAbsent(sink, route);
            if (other != null) {
                faults.add(ErrorSentences.file(route) + ": route " + route.getId() + " empties the sink '" + sink
                        + "', which route " + other.getId() + " does already; give it another name, or give your file"
                        + " the name of " + ErrorSentences.file(other) + ".");
            }
        });
    }

    private void checkAlerts(RouteDefinition route) {
        for (RouteModel.Raised alert : RouteModel.alerts(route)) {
            for (String sink : alert.sinks()) {
                named.add(sink);
                if (!sinks.containsKey(sink)) {
                    faults.add(ErrorSentences.file(route) + ": rule " + alert.rule() + " names the sink '" + sink
                            + "'; there are " + String.join(", ", sinks.keySet()) + ".");
                }
            }
        }
    }
}
