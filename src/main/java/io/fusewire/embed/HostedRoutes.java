package io.fusewire.embed;

import io.fusewire.runtime.LoadedRoutes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;

/** Our routes in a host's context: loaded, started, and taken out again. */
final class HostedRoutes {
    private static final int LONGEST_STOP = 60;

    private final CamelContext host;
    private final Model model;
    private final LoadedRoutes loaded;

    HostedRoutes(CamelContext host) {
        this.host = host;
        this.model = host.getCamelContextExtension().getContextPlugin(Model.class);
        this.loaded = new LoadedRoutes(host);
    }

    /** The host's routes that take what is meant for ours; Camel would tell it once half of ours run. */
    static List<String> inTheWay(CamelContext host) {
        return host.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().stream()
                .filter(route -> route.getInput().getEndpointUri().matches("direct:(//)?accept(\\?.*)?"))
                .map(route -> "The host's route '" + route.getRouteId()
                        + "' is from direct:accept, which is where Fusewire takes events; give it another endpoint.")
                .toList();
    }

    void load(List<Resource> files, List<? extends RoutesBuilder> own) throws Exception {
        loaded.load(files, own);
    }

    boolean isOurs(OptionalIdentifiedDefinition<?> part) {
        return loaded.isOurs(part);
    }

    /** What lets events in comes last. */
    void start() throws Exception {
        for (RouteDefinition route : inOrder()) {
            host.getRouteController().startRoute(route.getRouteId());
        }
    }

    /** What lets events in stops first; what is in flight finishes. */
    void remove() {
        List<RouteDefinition> routes = inOrder();
        Collections.reverse(routes);
        try {
            for (RouteDefinition route : routes) {
                host.getRouteController().stopRoute(route.getRouteId(), LONGEST_STOP, TimeUnit.SECONDS);
            }
            for (RouteDefinition route : routes) {
                host.removeRoute(route.getRouteId());
            }
            for (RouteTemplateDefinition template : List.copyOf(model.getRouteTemplateDefinitions())) {
                if (isOurs(template)) {
                    model.removeRouteTemplateDefinition(template);
                }
            }
            for (RouteConfigurationDefinition policy : List.copyOf(model.getRouteConfigurationDefinitions())) {
                if (isOurs(policy)) {
                    model.removeRouteConfiguration(policy);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("Fusewire's routes could not all be stopped", e);
        } finally {
            loaded.end();
        }
    }

    private List<RouteDefinition> inOrder() {
        List<RouteDefinition> ours = new ArrayList<>(
                model.getRouteDefinitions().stream().filter(this::isOurs).toList());
        ours.sort(Comparator.comparing(HostedRoutes::letsEventsIn));
        return ours;
    }

    /** Whatever lets events in, be it a route of an engineer's. */
    private static boolean letsEventsIn(RouteDefinition route) {
        return !route.getInput().getEndpointUri().matches("(direct|kamelet|fusewire):(//)?(?!polls).*");
    }
}
