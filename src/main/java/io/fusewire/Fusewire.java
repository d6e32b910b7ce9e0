package io.fusewire;

import io.fusewire.config.HttpMode;
import io.fusewire.config.PropertySources;
import io.fusewire.config.SecretFiles;
import io.fusewire.config.Settings;
import io.fusewire.embed.DedicatedHttpServer;
import io.fusewire.embed.HostMeters;
import io.fusewire.embed.HostProperties;
import io.fusewire.embed.HostedFiles;
import io.fusewire.embed.HostedRoutes;
import io.fusewire.runtime.Assembly;
import io.fusewire.runtime.Clocks;
import io.fusewire.validate.ErrorSentences;
import io.fusewire.webhook.InFlightLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Fusewire inside a host's Camel context, be it Spring Boot's or a plain one: the same routes, with ids that
 * begin with {@code fusewire-}. Nothing of the host's is replaced, and {@link #stop} leaves nothing behind. Events may
 * also come from the host's routes, by {@code direct:accept}. Thread-safe.
 */
public final class Fusewire implements AutoCloseable {
    private static final String[] OURS = {
        "fusewire.", "sinks.", "rules.", "langfuse.", "camel.server.port", "camel.management.port"
    };

    private final CamelContext host;
    private final List<PropertiesSource> sources;
    private final List<DedicatedHttpServer> servers = new ArrayList<>();
    private final HostMeters meters;
    private final LifecycleStrategy atTheEnd;
    private Assembly parts;
    private HostedRoutes routes;
    private boolean stopped;

    private Fusewire(CamelContext host, FusewireOptions options) {
        this.host = host;
        Properties defaults = PropertySources.packed(OURS);
        defaults.setProperty("fusewire.config-folder", "fusewire");
        // Spring's properties, for one, come after every source.
        defaults.keySet().removeIf(key -> host.getPropertiesComponent()
                .resolveProperty(String.valueOf(key))
                .isPresent());
        this.sources = List.of(
                HostProperties.first(options.properties()), HostProperties.last(defaults), new SecretFiles(host));
        sources.forEach(host.getPropertiesComponent()::addPropertiesSource);
        this.meters = new HostMeters(host, options.meterRegistry());
        this.atTheEnd = new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext ending) {
                servers.forEach(DedicatedHttpServer::shut);
            }

            @Override
            public void onContextStopped(CamelContext ended) {
                giveBack(false);
            }
        };
    }

    /**
     * Begins to say what is put into a host's context, which must run by the time that it starts.
     *
     * @see FusewireOptions#start
     */
    public static FusewireOptions into(CamelContext host) {
        return new FusewireOptions(host);
    }

    static Fusewire start(CamelContext host, FusewireOptions options) {
        if (!host.getStatus().isStarted()) {
            throw new IllegalStateException("The host's Camel context does not run yet; start it before Fusewire.");
        }
        if (host.hasComponent("fusewire") != null) {
            throw new IllegalStateException("The host's Camel context has a Fusewire already; stop it first.");
        }
        Fusewire gateway = new Fusewire(host, options);
        try {
            gateway.begin(options);
            return gateway;
        } catch (Exception e) {
            gateway.giveBack(true);
            throw new IllegalArgumentException(ErrorSentences.of(e), e);
        }
    }

    private void begin(FusewireOptions options) throws Exception {
        Settings settings = new Settings(host);
        HttpMode mode = HttpMode.of(settings);
        HostedRoutes files = new HostedRoutes(host, settings, mode);
        files.check(options.properties());
        Clocks clocks = Clocks.ofTheMachine();
        parts = new Assembly(
                host,
                clocks,
                new Assembly.Brought(
                        HostedFiles.PREFIX,
                        options.dataSource(),
                        meters.open(settings),
                        limit -> open(mode, settings, limit)));
        parts.put();
        routes = files;
        routes.load(parts.names());
        host.addLifecycleStrategy(atTheEnd);
        HealthCheckRegistry health = HealthCheckRegistry.get(host);
        if (health != null) {
            health.register(parts.health());
        }
        routes.start();
        parts.started();
        servers.forEach(DedicatedHttpServer::open);
    }

    private void open(HttpMode mode, Settings settings, InFlightLimit limit) throws Exception {
        if (mode == HttpMode.OWN) {
            long longest = settings.size("fusewire.webhook.max-body-size");
            servers.add(new DedicatedHttpServer(
                    host, HttpMode.WEBHOOKS, settings.number("camel.server.port"), longest, limit));
            servers.add(new DedicatedHttpServer(
                    host, HttpMode.ADMIN, settings.number("camel.management.port"), longest, null));
        }
    }

    /** Whether events are taken: the store is there, and its backlog below the limit. */
    public synchronized boolean ready() {
        return !stopped && parts.health().call().getState() == HealthCheck.State.UP;
    }

    /**
     * Stops taking events, finishes what is in flight, and gives everything back; the host runs on. What waits is in the
     * store. Once is enough, and twice does no harm.
     */
    public void stop() {
        servers.forEach(DedicatedHttpServer::shut);
        host.getLifecycleStrategies().remove(atTheEnd);
        giveBack(true);
    }

    /** As {@link #stop}. */
    @Override
    public void close() {
        stop();
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
        servers.forEach(DedicatedHttpServer::close);
        HealthCheckRegistry health = HealthCheckRegistry.get(host);
        if (parts != null) {
            if (health != null && parts.health() != null) {
                health.unregister(parts.health());
            }
            parts.close();
        }
        meters.close();
        host.getPropertiesComponent().getPropertiesSources().removeAll(sources);
    }
}
