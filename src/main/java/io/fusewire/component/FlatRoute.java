package io.fusewire.component;

import io.fusewire.component.Steps.SendOnlyEndpoint;
import io.fusewire.error.FatalErrors;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.language.ExpressionDefinition;

/**
 * A route of filters, choices and steps of ours, and stops, compiled from its model: its conditions are asked in Camel's languages and
 * its steps taken one after the other, without Camel's engine, which takes a multiple of the time. What a step throws ends
 * that step alone. Thread-safe.
 */
public final class FlatRoute {
    /** Hears which step threw, and what: an exception or an Error. */
    public interface Failures {
        void threw(String step, Throwable what);
    }

    private interface Step {
        String id();

        /** False where the route ends with it. */
        boolean take(Exchange exchange, Failures failures) throws Exception;
    }

    private final List<Step> steps;

    private FlatRoute(List<Step> steps) {
        this.steps = steps;
    }

    /** @param route one in which {@link #other} finds none */
    public static FlatRoute of(CamelContext camel, RouteDefinition route) {
        return new FlatRoute(compiled(camel, steps(camel, route)));
    }

    /** The first step that is no filter, choice or stop and none of ours; empty where there is none. */
    public static Optional<ProcessorDefinition<?>> other(CamelContext camel, RouteDefinition route) {
        return other(camel, steps(camel, route));
    }

    /** Takes all steps, whatever each throws. */
    public void take(Exchange exchange, Failures failures) {
        each(steps, exchange, failures);
    }

    private static boolean each(List<Step> steps, Exchange exchange, Failures failures) {
        for (Step step : steps) {
            try {
                if (!step.take(exchange, failures)) {
                    return false;
                }
            } catch (Throwable e) {
                FatalErrors.escalate(e);
                failures.threw(step.id(), e);
            }
        }
        return true;
    }

    private static Optional<ProcessorDefinition<?>> other(CamelContext camel, List<ProcessorDefinition<?>> steps) {
        return taken(camel, steps).flatMap(step -> others(camel, step)).findFirst();
    }

    private static Stream<ProcessorDefinition<?>> others(CamelContext camel, ProcessorDefinition<?> step) {
        if (step instanceof FilterDefinition) {
            return other(camel, step.getOutputs()).stream();
        }
        if (step instanceof ChoiceDefinition choice) {
            return isOn(camel, choice.getPrecondition())
                    ? Stream.of(step)
                    : Stream.concat(choice.getWhenClauses().stream(), Stream.ofNullable(choice.getOtherwise()))
                            .flatMap(branch -> other(camel, branch.getOutputs()).stream());
        }
        boolean ours = step instanceof ToDefinition to
                && to.getEndpointUri().startsWith("fusewire:")
                && to.getVariableSend() == null
                && to.getVariableReceive() == null;
        return ours || step instanceof StopDefinition ? Stream.of() : Stream.of(step);
    }

    /** Without the parts of policies, which Camel puts into each route that they are for (RoutesDefinition, 4.18.0). */
    private static List<ProcessorDefinition<?>> steps(CamelContext camel, RouteDefinition route) {
        Set<Object> policies = Collections.newSetFromMap(new IdentityHashMap<>());
        for (RouteConfigurationDefinition policy :
                camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteConfigurationDefinitions()) {
            policies.addAll(policy.getOnExceptions());
            policies.addAll(policy.getOnCompletions());
            policies.addAll(policy.getIntercepts());
            policies.addAll(policy.getInterceptFroms());
            policies.addAll(policy.getInterceptSendTos());
        }
        return route.getOutputs().stream()
                .filter(step -> !policies.contains(step))
                .toList();
    }

    private static Stream<ProcessorDefinition<?>> taken(CamelContext camel, List<ProcessorDefinition<?>> steps) {
        return steps.stream().filter(step -> !isOn(camel, step.getDisabled()));
    }

    private static boolean isOn(CamelContext camel, String said) {
        return said != null && Boolean.parseBoolean(camel.resolvePropertyPlaceholders(said));
    }

    private static List<Step> compiled(CamelContext camel, List<ProcessorDefinition<?>> steps) {
        return taken(camel, steps).map(step -> compiled(camel, step)).toList();
    }

    private static Step compiled(CamelContext camel, ProcessorDefinition<?> step) {
        if (step instanceof FilterDefinition filter) {
            return filter(camel, filter.getId(), filter.getExpression(), filter.getOutputs());
        }
        if (step instanceof ChoiceDefinition choice) {
            List<Filter> whens = choice.getWhenClauses().stream()
                    .filter(when -> !isOn(camel, when.getDisabled()))
                    .map(when -> filter(camel, when.getId(), when.getExpression(), when.getOutputs()))
                    .toList();
            OtherwiseDefinition otherwise = choice.getOtherwise();
            boolean without = otherwise == null || isOn(camel, otherwise.getDisabled());
            return new Choice(choice.getId(), whens, without ? List.of() : compiled(camel, otherwise.getOutputs()));
        }
        if (step instanceof StopDefinition) {
            return new Stop(step.getId());
        }
        if (camel.getEndpoint(((ToDefinition) step).getEndpointUri()) instanceof SendOnlyEndpoint endpoint) {
            return new Call(step.getId(), endpoint);
        }
        throw new IllegalArgumentException("step " + step.getId() + " sends to what can't be sent to");
    }

    private static Filter filter(
            CamelContext camel, String id, ExpressionDefinition condition, List<ProcessorDefinition<?>> steps) {
        return new Filter(id, condition.createPredicate(camel), compiled(camel, steps));
    }

    private record Filter(String id, Predicate condition, List<Step> steps) implements Step {
        @Override
        public boolean take(Exchange exchange, Failures failures) {
            return !condition.matches(exchange) || each(steps, exchange, failures);
        }
    }

    private record Choice(String id, List<Filter> whens, List<Step> otherwise) implements Step {
        @Override
        public boolean take(Exchange exchange, Failures failures) {
            for (Filter when : whens) {
                if (when.condition.matches(exchange)) {
                    return each(when.steps, exchange, failures);
                }
            }
            return each(otherwise, exchange, failures);
        }
    }

    private record Call(String id, SendOnlyEndpoint endpoint) implements Step {
        @Override
        public boolean take(Exchange exchange, Failures failures) throws Exception {
            endpoint.process(exchange);
            return true;
        }
    }

    private record Stop(String id) implements Step {
        @Override
        public boolean take(Exchange exchange, Failures failures) {
            return false;
        }
    }
}
