package io.fusewire.validate;

import static org.apache.camel.model.ProcessorDefinitionHelper.filterTypeInOutputs;

import io.fusewire.component.RouteModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TransactedDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * Finds what may wait in the routes that run on the HTTP server's event loops, where one step that waits holds up every
 * sender of its loop: in the routes themselves, their policies, and what they call by {@code direct:} and as Kamelets. Of
 * components only those are let pass that are known to wait for nothing.
 */
final class EventLoopValidator {
    private static final Set<String> QUICK =
            Set.of("bean", "class", "direct", "fusewire", "kamelet", "language", "log", "micrometer", "mock");
    private static final Set<Class<?>> WAITING = Set.of(
            CircuitBreakerDefinition.class,
            DynamicRouterDefinition.class,
            PollDefinition.class,
            PollEnrichDefinition.class,
            RecipientListDefinition.class,
            RoutingSlipDefinition.class,
            TransactedDefinition.class);

    private final CamelContext camel;
    private final Model model;
    private final Map<String, String> policies;
    private final Set<String> faults = new LinkedHashSet<>();
    private final Set<String> visited = new HashSet<>();

    EventLoopValidator(CamelContext camel) {
        this.camel = camel;
        this.model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        this.policies = model.getRouteConfigurationDefinitions().stream()
                .collect(Collectors.toMap(
                        RouteConfigurationDefinition::getId, ErrorSentences::file, (one, other) -> one));
    }

    /** One sentence for each step that may wait. */
    List<String> faults(List<RouteDefinition> routes) {
        routes.stream().filter(RouteModel::runsOnEventLoops).forEach(this::check);
        return new ArrayList<>(faults);
    }

    private void check(RouteDefinition route) {
        for (ProcessorDefinition<?> top : route.getOutputs()) {
            String file = top instanceof OnExceptionDefinition
                    ? policies.getOrDefault(route.getRouteConfigurationId(), ErrorSentences.file(route))
                    : ErrorSentences.file(route);
            steps(List.of(top)).forEach(step -> check(file + ": step " + step.getId(), step, ""));
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static List<ProcessorDefinition<?>> steps(List<ProcessorDefinition<?>> outputs) {
        return new ArrayList(filterTypeInOutputs(outputs, ProcessorDefinition.class));
    }

    /** @param within where the step stands, if not in a route */
    private void check(String who, ProcessorDefinition<?> step, String within) {
        Optional<String> uri = uri(step);
        String scheme = uri.map(called -> called.replaceFirst(":.*", "")).orElse("");
        if (uri.isPresent() && !QUICK.contains(scheme)) {
            refuse(who, "calls " + (scheme.contains("${") ? scheme : scheme + ":") + within);
        } else if (waits(step)) {
            refuse(
                    who,
                    (step instanceof IdempotentConsumerDefinition ? "is an " : "is a ") + step.getShortName() + within);
        } else if (scheme.equals("direct") && visited.add(plain(uri.get()))) {
            model.getRouteDefinitions().stream()
                    .filter(route -> plain(route.getInput().getEndpointUri()).equals(plain(uri.get())))
                    .forEach(this::check);
        } else if (scheme.equals("kamelet")) {
            kamelet(who, plain(uri.get()).substring("kamelet:".length()).replaceFirst("/.*", ""));
        }
    }

    private void kamelet(String who, String name) {
        if (model.getRouteTemplateDefinition(name) != null && visited.add(who + name)) {
            List<ProcessorDefinition<?>> outputs =
                    model.getRouteTemplateDefinition(name).getRoute().getOutputs();
            steps(outputs).forEach(step -> check(who, step, " in the Kamelet '" + name + "'"));
        }
    }

    private void refuse(String who, String does) {
        faults.add(
                who + " " + does + ", which may wait, on the event loops that all senders share; store the event first"
                        + " (direct:accept), and do it in a rule or a sink.");
    }

    /** What the step calls on the thread that it runs on. */
    private Optional<String> uri(ProcessorDefinition<?> step) {
        if (step instanceof KameletDefinition kamelet) {
            return Optional.of("kamelet:" + kamelet.getName());
        }
        if (step instanceof EnrichDefinition enrich) {
            return Optional.of(resolved(enrich.getExpression().getExpression()));
        }
        if (step instanceof ToDynamicDefinition dynamic && !(step instanceof WireTapDefinition)) {
            return Optional.of(resolved(dynamic.getUri()));
        }
        return step instanceof ToDefinition to ? Optional.of(resolved(to.getEndpointUri())) : Optional.empty();
    }

    private boolean waits(ProcessorDefinition<?> step) {
        if (step instanceof DelayDefinition delay) {
            return "false".equals(delay.getAsyncDelayed());
        }
        if (step instanceof ThrottleDefinition throttle) {
            return !"true".equals(throttle.getAsyncDelayed());
        }
        if (step instanceof IdempotentConsumerDefinition once) {
            Object repository = camel.getRegistry().lookupByName(resolved(once.getIdempotentRepository()));
            return repository != null
                    && !(repository instanceof MemoryIdempotentRepository)
                    && !repository.getClass().getName().startsWith("io.fusewire.");
        }
        return WAITING.contains(step.getClass());
    }

    /** Of a property that nobody set another sentence tells. */
    private String resolved(String text) {
        try {
            return camel.resolvePropertyPlaceholders(text).replaceFirst("^#(bean:)?", "");
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String plain(String uri) {
        return uri.replaceFirst("\\?.*", "").replace("://", ":");
    }
}
