package io.fusewire.runtime;

import io.fusewire.component.Steps.ErrorContainment;
import io.fusewire.validate.ErrorSentences;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Our route files and Kamelets in a Camel context. What loading them adds is ours, whatever it is called; so is the route
 * that Camel makes of a Kamelet when one of ours calls it. Nothing that was there before is replaced.
 */
public final class LoadedRoutes extends ModelLifecycleStrategySupport implements RouteBuilderLifecycleStrategy {
    private final CamelContext camel;
    private final Model model;
    private final boolean runs;
    private final Set<OptionalIdentifiedDefinition<?>> ours =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private volatile Thread loading;

    public LoadedRoutes(CamelContext camel) {
        this.camel = camel;
        this.model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        this.runs = camel.isStarted();
    }

    /**
     * Loads the files, then the host's builders. In a context that runs already none of their routes starts by itself.
     *
     * @throws IllegalArgumentException in one sentence, when an id is taken
     */
    public void load(List<Resource> files, List<? extends RoutesBuilder> hosts) throws Exception {
        model.addModelLifecycleStrategy(this);
        loading = Thread.currentThread();
        try {
            List<RoutesBuilder> builders = new ArrayList<>();
            for (Resource file : files) {
                inWords(
                        file.getLocation(),
                        () -> builders.addAll(
                                PluginHelper.getRoutesLoader(camel).findRoutesBuilders(List.of(file))));
            }
            builders.addAll(hosts);
            for (RoutesBuilder builder : builders) {
                if (builder instanceof RouteBuilder file) {
                    if (file.getResource() == null) {
                        file.setResource(ResourceHelper.fromString(place(file), ""));
                    }
                    file.addLifecycleInterceptor(this);
                }
                if (builder instanceof RouteConfigurationsBuilder policies) {
                    inWords(place(builder), () -> camel.addRoutesConfigurations(policies));
                }
                if (builder instanceof RouteConfigurationBuilder policies) {
                    for (RouteConfigurationDefinition policy :
                            policies.getRouteConfigurationCollection().getRouteConfigurations()) {
                        policy.setResource(policies.getResource());
                        ours.add(policy);
                    }
                }
            }
            for (RoutesBuilder builder : builders) {
                inWords(place(builder), () -> camel.addRoutes(builder));
            }
            for (RoutesBuilder builder : builders) {
                camel.addTemplatedRoutes(builder);
            }
        } finally {
            loading = null;
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    /** Camel names the file of some faults, and of others (what a class throws, say) not. */
    private static void inWords(String place, Step step) throws Exception {
        try {
            step.run();
        } catch (Exception e) {
            String sentence = ErrorSentences.of(e);
            if (sentence.contains(place.substring(place.lastIndexOf('/') + 1))) {
                throw e;
            }
            throw new IllegalArgumentException(place + ": " + sentence, e);
        }
    }

    private static String place(RoutesBuilder builder) {
        return builder instanceof RouteBuilder file && file.getResource() != null
                ? file.getResource().getLocation()
                : "class:" + builder.getClass().getName().replace('.', '/');
    }

    /** Whether it is a route, a template or a policy of ours. */
    public boolean isOurs(OptionalIdentifiedDefinition<?> part) {
        return ours.contains(part);
    }

    /** From now on nothing that is added is taken for ours. */
    public void end() {
        model.removeModelLifecycleStrategy(this);
    }

    @Override
    public void afterConfigure(RouteBuilder file) {
        for (RouteTemplateDefinition template :
                file.getRouteTemplateCollection().getRouteTemplates()) {
            refuseTaken(file, "template", template.getId(), model.getRouteTemplateDefinition(template.getId()));
        }
        Stream.concat(
                        file.getRouteCollection().getRoutes().stream().map(RouteDefinition::getId),
                        file.getTemplatedRouteCollection().getTemplatedRoutes().stream()
                                .map(TemplatedRouteDefinition::getRouteId))
                .filter(Objects::nonNull)
                .forEach(id -> refuseTaken(file, "route", id, model.getRouteDefinition(id)));
    }

    /** Camel would replace a route by another of its id, and use the first of two templates. */
    private void refuseTaken(RouteBuilder file, String kind, String id, OptionalIdentifiedDefinition<?> other) {
        if (other != null) {
            throw new IllegalArgumentException(file.getResource().getLocation() + ": the " + kind + " id '" + id
                    + "' is taken " + (isOurs(other) ? "in " + ErrorSentences.file(other) : "by the host")
                    + "; give it another" + (isOurs(other) ? ", or your file the name of that one." : "."));
        }
    }

    @Override
    public void onAddRouteTemplateDefinition(RouteTemplateDefinition template) {
        if (Thread.currentThread() == loading) {
            ours.add(template);
        }
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        boolean kamelet = Boolean.TRUE.equals(route.isKamelet());
        if (kamelet ? servesUs(route) : Thread.currentThread() == loading) {
            ours.add(route);
            route.setStreamCache("false");
            route.addInterceptStrategy(new ErrorContainment());
            if (kamelet) {
                leaveErrorsToTheCaller(route);
            } else if (runs) {
                route.setAutoStartup("false");
            }
        }
    }

    private boolean servesUs(RouteDefinition kamelet) {
        Object caller = kamelet.getTemplateParameters().get("parentRouteId");
        Object template = kamelet.getTemplateParameters().get("templateId");
        return List.copyOf(ours).stream()
                .map(OptionalIdentifiedDefinition::getId)
                .anyMatch(id -> id != null && (id.equals(caller) || id.equals(template)));
    }

    /** The policy of the calling route would otherwise hold in here too, and what it handles would not reach the caller. */
    private static void leaveErrorsToTheCaller(RouteDefinition kamelet) {
        kamelet.setErrorHandlerFactory(new NoErrorHandlerDefinition());
        kamelet.getOutputs().removeIf(OnExceptionDefinition.class::isInstance);
    }

    @Override
    public void onRemoveRouteDefinition(RouteDefinition route) {
        ours.remove(route);
    }
}
