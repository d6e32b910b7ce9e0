package io.fusewire.embed;

import io.fusewire.config.EnvironmentProperties;
import io.fusewire.config.HttpMode;
import io.fusewire.config.PropertyFile;
import io.fusewire.config.PropertyLayer;
import io.fusewire.config.PropertyValues;
import io.fusewire.config.RouteFiles;
import io.fusewire.config.SecretFiles;
import io.fusewire.config.Settings;
import io.fusewire.message.Templates;
import io.fusewire.runtime.Assembly;
import io.fusewire.runtime.Clocks;
import io.fusewire.runtime.ToldOnce;
import io.fusewire.validate.ErrorSentences;
import io.fusewire.validate.PortValidator;
import io.fusewire.validate.StartupValidation;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway in a host's Camel context: put in, started, and taken out again. Thread-safe. */
public final class EmbeddedGateway {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedGateway.class);

    private final CamelContext host;
    private final HostProperties properties;
    private final List<PropertiesSource> sources;
    private final HostMeters meters;
    private final LifecycleStrategy atTheEnd = new AtTheEnd();
    private volatile boolean open;
    private Assembly parts;
    private HostedHttpServers servers;
    private HostedRoutes routes;
    private boolean stopped;

    /**
     * What the host brings along.
     *
     * @param properties those that it sets for this gateway alone
     * @param dataSource its database, or null
     * @param meters its meters, or null for those in its Camel registry
     * @param routes its rules and sinks in Java
     */
    public record Brought(
            Properties properties, DataSource dataSource, MeterRegistry meters, List<RoutesBuilder> routes) {
        /** Without the properties, which hold secrets, and without what else may print its own. */
        @Override
        public String toString() {
            return "what a host brings";
        }
    }

    private EmbeddedGateway(CamelContext host, Brought brought) {
        this.host = host;
        this.properties = HostProperties.of(host);
        this.sources = new ArrayList<>(List.of(
                PropertyLayer.first("fusewire-options", brought.properties()),
                PropertyLayer.last("fusewire-defaults", properties.defaults()),
                new SecretFiles(host)));
        sources.forEach(host.getPropertiesComponent()::addPropertiesSource);
        this.meters = new HostMeters(host, brought.meters());
    }

    /**
     * Puts a gateway into the host's context; it takes events on return.
     *
     * @throws IllegalArgumentException in one sentence, when something is in the way; nothing of it is left there then
     * @throws IllegalStateException when the host's context doesn't run, or has a gateway already
     */
    public static EmbeddedGateway start(CamelContext host, Brought brought) {
        if (!host.getStatus().isStarted()) {
            throw new IllegalStateException("The host's Camel context does not run yet; start it before Fusewire.");
        }
        if (host.hasComponent("fusewire") != null) {
            throw new IllegalStateException("The host's Camel context has a Fusewire already; stop it first.");
        }
        EmbeddedGateway gateway = new EmbeddedGateway(host, brought);
        try {
            gateway.begin(brought);
            return gateway;
        } catch (Exception e) {
            gateway.giveBack(true);
            throw new IllegalArgumentException(ErrorSentences.of(e), e);
        }
    }

    private void begin(Brought brought) throws Exception {
        Settings settings = new Settings(host);
        HttpMode mode = HttpMode.of(settings);
        Path configFolder = settings.path("fusewire.config-folder");
        RouteFiles files = new RouteFiles(host, configFolder, mode);
        StartupValidation validation = new StartupValidation(files.texts(), PropertyFile.packedText(), any -> "");
        environment(validation);
        validation
                .and(Templates.faults(configFolder))
                .and(brought.properties())
                .and(properties.set())
                .and(new PropertyValues(settings, any -> "")::faults)
                .and(HostedRoutes.inTheWay(host))
                .refuse();
        validation.and(PortValidator.faults(mode.ports(settings), false)).refuse();
        servers = new HostedHttpServers(host, settings, () -> open);
        Assembly.Brought ours = new Assembly.Brought(brought.dataSource(), meters.open(settings), () -> open, servers);
        parts = new Assembly(host, Clocks.ofTheMachine(), ours, new ToldOnce());
        parts.put();
        routes = new HostedRoutes(host);
        routes.load(files.all(), brought.routes());
        validation.loaded(host, routes::isOurs).forEach(LOG::warn);
        host.addLifecycleStrategy(atTheEnd);
        HealthCheckRegistry health = HealthCheckRegistry.get(host);
        if (health != null) {
            parts.health().all().forEach(health::register);
        }
        routes.start();
        parts.started();
        open = true;
    }

    /** Camel asks for a variable where it knows the property's name; these have names, also those that people give. */
    private void environment(StartupValidation validation) {
        EnvironmentProperties environment = EnvironmentProperties.here(validation.asked());
        sources.add(PropertyLayer.first("fusewire-environment", environment.properties()));
        host.getPropertiesComponent().addPropertiesSource(sources.get(sources.size() - 1));
        validation.remark(environment.unknown(), environment.remarks());
    }

    /** Whether events are taken: the store is there, and its backlog below the limit. */
    public boolean isReady() {
        return parts.health().isReady();
    }

    /** Stops taking events, finishes what is in flight, and gives everything back. Twice does no harm. */
    public void stop() {
        open = false;
        host.getLifecycleStrategies().remove(atTheEnd);
        giveBack(true);
    }

    /** @param running whether the host runs on; a context that has stopped has stopped our routes too */
    private synchronized void giveBack(boolean running) {
        if (stopped) {
            return;
        }
        stopped = true;
        if (routes != null && running) {
            routes.remove();
        }
        if (servers != null) {
            servers.close();
        }
        HealthCheckRegistry health = HealthCheckRegistry.get(host);
        if (parts != null) {
            if (health != null && parts.health() != null) {
                parts.health().all().forEach(health::unregister);
            }
            parts.close();
        }
        meters.close();
        host.getPropertiesComponent().getPropertiesSources().removeAll(sources);
    }

    /** A context that stops takes the gateway along. */
    private final class AtTheEnd extends LifecycleStrategySupport {
        @Override
        public void onContextStopping(CamelContext ending) {
            open = false;
        }

        @Override
        public void onContextStopped(CamelContext ended) {
            giveBack(false);
        }
    }
}
