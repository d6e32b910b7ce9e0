package io.fusewire.rules;

import io.fusewire.component.RouteModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;

/**
 * Where the rules in force raise their alerts, and what must hold for an event to get there: read from the routes' model,
 * so that an engineer's own rules are told like the built-in ones.
 */
final class RuleConditions {
    private static final Pattern LABEL = Pattern.compile("header[.]([A-Za-z]+)");

    /** What must hold: an expression, or none where the branches before it must not. */
    private record Condition(String text, Predicate predicate) {}

    /** One place where a rule raises its alert. */
    private record Place(String rule, List<Condition> conditions) {}

    private final CamelContext camel;
    private final List<Place> places = new ArrayList<>();

    RuleConditions(CamelContext camel) {
        this.camel = camel;
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        for (RouteDefinition route : model.getRouteDefinitions()) {
            if (RouteModel.takesEvents(route)) {
                look(route.getOutputs(), List.of());
            }
        }
    }

    /** The rules, in the order in which they stand. */
    List<String> rules() {
        return places.stream().map(Place::rule).distinct().toList();
    }

    /** Why a rule did not fire for the event in the exchange; empty where it should have. */
    Optional<String> because(String rule, Exchange exchange) {
        return places.stream()
                .filter(place -> place.rule.equals(rule))
                .map(place -> failing(place, exchange))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> failing(Place place, Exchange exchange) {
        for (Condition condition : place.conditions) {
            if (condition.predicate == null) {
                return Optional.of(condition.text);
            }
            if (!condition.predicate.matches(exchange)) {
                return Optional.of(condition.text + " does not hold: " + facts(condition.text, exchange));
            }
        }
        return Optional.empty();
    }

    private static String facts(String text, Exchange exchange) {
        return LABEL.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .map(label -> label + " is "
                        + Optional.ofNullable(exchange.getMessage().getHeader(label))
                                .map(String::valueOf)
                                .orElse("unknown"))
                .collect(Collectors.joining(", "));
    }

    private void look(List<ProcessorDefinition<?>> steps, List<Condition> above) {
        for (ProcessorDefinition<?> step : steps) {
            if (step instanceof ToDefinition to) {
                RouteModel.alert(to).ifPresent(alert -> places.add(new Place(alert.rule(), above)));
            } else if (step instanceof ChoiceDefinition choice) {
                for (WhenDefinition when : choice.getWhenClauses()) {
                    look(when.getOutputs(), with(above, condition(when.getExpression())));
                }
                if (choice.getOtherwise() != null) {
                    look(
                            choice.getOtherwise().getOutputs(),
                            with(above, new Condition("another branch of " + choice.getId() + " holds", null)));
                }
            } else if (step instanceof FilterDefinition filter) {
                look(step.getOutputs(), with(above, condition(filter.getExpression())));
            } else {
                look(step.getOutputs(), above);
            }
        }
    }

    private Condition condition(ExpressionDefinition expression) {
        return new Condition(
                camel.resolvePropertyPlaceholders(expression.getExpression()), expression.createPredicate(camel));
    }

    private static List<Condition> with(List<Condition> above, Condition one) {
        List<Condition> all = new ArrayList<>(above);
        all.add(one);
        return all;
    }
}
