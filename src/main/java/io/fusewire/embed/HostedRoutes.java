package io.fusewire.embed;

import io.fusewire.config.HttpMode;
import io.fusewire.config.PropertySources;
import io.fusewire.config.RouteFiles;
import io.fusewire.config.Settings;
import io.fusewire.message.Templates;
import io.fusewire.validate.PropertyValidator;
import io.fusewire.validate.RouteFileValidator;
import io.fusewire.validate.RouteValidator;
import io.fusewire.validate.SchemaValidator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.model.Model;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our route files in a host's context: loaded, checked, started, and taken out again. */
public final class HostedRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(HostedRoutes.class);
    static final Set<String> KAMELETS =
            Set.of("answer", "answer-json", "ask-langfuse", "post-json", "post-to-slack", "send-mail");
    private static final int LONGEST_STOP = 60;

    private final CamelContext host;
    private final Model model;
    private final Settings settings;
    private final HttpMode mode;
    private final Path configFolder;
    private final Map<String, String> texts = new LinkedHashMap<>();

    public HostedRoutes(CamelContext host, Settings settings, HttpMode mode) throws Exception {
        this.host = host;
        this.model = host.getCamelContextExtension().getContextPlugin(Model.class);
        this.settings = settings;
        this.mode = mode;
        this.configFolder = Path.of(settings.get("fusewire.config-folder"));
        new RouteFiles(host, configFolder).texts().forEach((location, text) -> {
            if (mode.takes(location)) {
                texts.put(location, text);
            }
        });
    }

    /**
     * What is wrong before anything is put into the host.
     *
     * @param options what the host set for this gateway
     */
    public void check(Properties options) {
        List<String> faults = new ArrayList<>(RouteFileValidator.faults(texts));
        faults.addAll(Templates.faults(configFolder));
        PropertyValidator known = new PropertyValidator(PropertySources.packedText(), texts.values());
        faults.addAll(known.faults(options.stringPropertyNames()));
        faults.addAll(known.unread(options));
        faults.addAll(PropertyValidator.badUrls(options));
        if (mode == HttpMode.OWN) {
            faults.addAll(PropertyValidator.takenPorts(Stream.of("camel.server.port", "camel.management.port")
                    .collect(Collectors.toMap(port -> port, settings::number))));
        }
        for (String kamelet : KAMELETS) {
            if (model.getRouteTemplateDefinition(kamelet) != null) {
                faults.add("The host has a route template '" + kamelet + "', and Fusewire a Kamelet of that name; give"
                        + " the host's another.");
            }
        }
        for (RouteDefinition route : model.getRouteDefinitions()) {
            String from = route.getInput().getEndpointUri();
            if (route.getRouteId().startsWith(HostedFiles.PREFIX) || from.matches("direct:(//)?accept(\\?.*)?")) {
                faults.add("The host's route '" + route.getRouteId() + "' from " + from
                        + " has a name of Fusewire's: ids that begin with " + HostedFiles.PREFIX
                        + ", and direct:accept.");
            }
        }
        refuse(faults);
    }

    /** @param parts the names of our parts in the registry, without the prefix */
    public void load(Set<String> parts) throws Exception {
        HttpComponent http = new HttpComponent();
        http.setAutomaticRetriesDisabled(true);
        http.setFollowRedirects(false);
        http.setConnectTimeout(milliseconds("connect-timeout"));
        http.setConnectionRequestTimeout(milliseconds("connection-request-timeout"));
        http.setSoTimeout(milliseconds("so-timeout"));
        http.setResponseTimeout(milliseconds("response-timeout"));
        host.addComponent(HttpMode.HTTP, http);
        HostedFiles files = new HostedFiles(parts, mode.schemes());
        List<Resource> resources = new ArrayList<>();
        for (String kamelet : KAMELETS) {
            String location = "classpath:kamelets/" + kamelet + ".kamelet.yaml";
            try (var in = ResourceHelper.resolveMandatoryResourceAsInputStream(host, location)) {
                resources.add(resource(files, location, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        texts.forEach((location, text) -> resources.add(resource(files, location, text)));
        PluginHelper.getRoutesLoader(host).loadRoutes(resources);
        RouteValidator rules = new RouteValidator(host, HostedRoutes::ours);
        refuse(rules.faults());
        refuse(SchemaValidator.faults(RouteFiles.own(configFolder)));
        rules.remarks().forEach(LOG::warn);
    }

    /** The client's limits are the packed ones: what a host sets for the component {@code http} is for its own routes. */
    private static long milliseconds(String timeout) {
        String name = "camel.component.http." + timeout;
        return TimeUtils.toMilliSeconds(PropertySources.packed(name).getProperty(name));
    }

    private static Resource resource(HostedFiles files, String location, String text) {
        return ResourceHelper.fromString(location, files.rewritten(text));
    }

    /** What lets events in comes last. */
    public void start() throws Exception {
        for (RouteDefinition route : ours().stream()
                .sorted(Comparator.comparing(HostedRoutes::letsEventsIn))
                .toList()) {
            host.getRouteController().startRoute(route.getRouteId());
        }
    }

    /** What lets events in stops first; what is in flight finishes. */
    public void remove() {
        List<RouteDefinition> routes = new ArrayList<>(ours());
        routes.sort(Comparator.comparing(HostedRoutes::letsEventsIn));
        Collections.reverse(routes);
        try {
            for (RouteDefinition route : routes) {
                host.getRouteController().stopRoute(route.getRouteId(), LONGEST_STOP, TimeUnit.SECONDS);
            }
            for (RouteDefinition route : routes) {
                host.removeRoute(route.getRouteId());
            }
            for (RouteTemplateDefinition template : List.copyOf(model.getRouteTemplateDefinitions())) {
                if (ours(template) || KAMELETS.contains(template.getId())) {
                    model.removeRouteTemplateDefinition(template);
                }
            }
            for (RouteConfigurationDefinition policy : List.copyOf(model.getRouteConfigurationDefinitions())) {
                if (ours(policy)) {
                    model.removeRouteConfiguration(policy);
                }
            }
            host.removeComponent(HttpMode.HTTP);
        } catch (Exception e) {
            throw new IllegalStateException("Fusewire's routes could not all be stopped", e);
        }
    }

    private List<RouteDefinition> ours() {
        return model.getRouteDefinitions().stream().filter(HostedRoutes::ours).toList();
    }

    /** Ours have the prefix, and what Camel makes of a Kamelet of ours names it. */
    private static boolean ours(OptionalIdentifiedDefinition<?> part) {
        boolean kamelet = part instanceof RouteDefinition route
                && route.getTemplateParameters() != null
                && KAMELETS.contains(
                        String.valueOf(route.getTemplateParameters().get("templateId")));
        return kamelet || String.valueOf(part.getId()).startsWith(HostedFiles.PREFIX);
    }

    /** Whatever lets events in, be it a route of an engineer's. */
    private static boolean letsEventsIn(RouteDefinition route) {
        return !route.getInput().getEndpointUri().matches("(direct|kamelet|fusewire):(//)?(?!polls).*");
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", faults));
        }
    }
}
