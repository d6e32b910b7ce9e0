package io.fusewire.rules;

import io.fusewire.component.RouteModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
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
    private static final Pattern LABEL = Pattern.compile("header(?:[.]|\\()([A-Za-z]+)");

    /** What must hold at a step: an expression, or none where the branches before it must not. */
    private record Condition(String step, String text, Predicate predicate) {}

    /** One place where a rule raises its alert. */
    private record Place(String rule, String step, List<Condition> conditions) {
        boolean passes(String id) {
            return id.equals(step) || conditions.stream().anyMatch(condition -> id.equals(condition.step));
        }
    }

    private final CamelContext camel;
    private final List<Place> places = new ArrayList<>();

    RuleConditions(CamelContext camel) {
        this.camel = camel;
        for (RouteDefinition route : RouteModel.rules(camel)) {
            Set<String> replaced = RouteModel.replaced(camel, route);
            List<Place> found = new ArrayList<>();
            look(route.getOutputs(), List.of(), found);
            found.stream().filter(place -> !replaced.contains(place.rule)).forEach(places::add);
        }
    }

    /** The rules, in the order in which they stand. */
    List<String> rules() {
        return places.stream().map(Place::rule).distinct().toList();
    }

    /** The rule that a step is for; empty where it stands before any, or for none. */
    Optional<String> rule(String step) {
        return places.stream()
                .filter(place -> place.passes(step))
                .map(Place::rule)
                .findFirst();
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
                String facts = facts(condition.text, exchange);
                return Optional.of(condition.text + " does not hold" + (facts.isEmpty() ? "" : ": " + facts));
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

    private void look(List<ProcessorDefinition<?>> steps, List<Condition> above, List<Place> into) {
        for (ProcessorDefinition<?> step : steps) {
            if (step instanceof ToDefinition to) {
                RouteModel.alert(to).ifPresent(alert -> into.add(new Place(alert.rule(), to.getId(), above)));
            } else if (step instanceof ChoiceDefinition choice) {
                for (WhenDefinition when : choice.getWhenClauses()) {
                    look(when.getOutputs(), with(above, condition(choice, when.getExpression())), into);
                }
                if (choice.getOtherwise() != null) {
                    look(
                            choice.getOtherwise().getOutputs(),
                            with(
                                    above,
                                    new Condition(
                                            choice.getId(), "another branch of " + choice.getId() + " holds", null)),
                            into);
                }
            } else if (step instanceof FilterDefinition filter) {
                look(step.getOutputs(), with(above, condition(filter, filter.getExpression())), into);
            } else {
                look(step.getOutputs(), above, into);
            }
        }
    }

    private Condition condition(ProcessorDefinition<?> step, ExpressionDefinition expression) {
        String text = expression.getExpression() == null
                ? expression.getLabel().replaceFirst("^\\S+\\$\\$Lambda.*", "its condition in Java")
                : camel.resolvePropertyPlaceholders(expression.getExpression());
        return new Condition(step.getId(), text, expression.createPredicate(camel));
    }

    private static List<Condition> with(List<Condition> above, Condition one) {
        List<Condition> all = new ArrayList<>(above);
        all.add(one);
        return all;
    }
}
