package io.fusewire.runtime;

import io.fusewire.config.EnvironmentProperties;
import io.fusewire.config.HttpMode;
import io.fusewire.config.PropertyFile;
import io.fusewire.config.PropertySources;
import io.fusewire.config.PropertyValues;
import io.fusewire.config.RouteFiles;
import io.fusewire.config.SecretFiles;
import io.fusewire.config.Settings;
import io.fusewire.message.Templates;
import io.fusewire.metrics.MeterFilters;
import io.fusewire.validate.CamelProperties;
import io.fusewire.validate.ErrorSentences;
import io.fusewire.validate.PortValidator;
import io.fusewire.validate.StartupValidation;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The standalone program: Camel Main with our parts, our route files and our checks. */
public final class StandaloneGateway {
    private static final Logger LOG = LoggerFactory.getLogger(StandaloneGateway.class);

    private final Main main = new Main();
    private final Clocks clocks;
    private final Map<String, String> overrides;
    private final ToldOnce told;
    private volatile int exit;
    private PropertySources sources;
    private Assembly parts;
    private RouteFiles files;
    private StartupValidation validation;
    private volatile GracefulStop graceful;
    private List<String> remarks = List.of();

    /** @param overrides properties that win over all others */
    public StandaloneGateway(Clocks clocks, Map<String, String> overrides) {
        this(clocks, overrides, new ToldOnce());
    }

    /** @param told what an earlier start in this process has said */
    StandaloneGateway(Clocks clocks, Map<String, String> overrides, ToldOnce told) {
        this.clocks = clocks;
        this.told = told;
        this.overrides = overrides;
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                main.getCamelContext()
                        .getPropertiesComponent()
                        .addPropertiesSource(new SecretFiles(main.getCamelContext()));
                StartStep.unchecked(() -> prepare(main.getCamelContext()));
            }

            @Override
            public void afterConfigure(BaseMainSupport starting) {
                StartStep.unchecked(() -> load(main.getCamelContext(), !overrides.containsKey(Assembly.DRY)));
            }

            @Override
            public void afterStart(BaseMainSupport started) {
                Settings settings = new Settings(main.getCamelContext());
                LOG.info(
                        "Fusewire takes webhooks on port {}; health, metrics and admin are on port {}.",
                        settings.get("camel.server.port"),
                        settings.get("camel.management.port"));
            }
        });
    }

    /** As {@link #runs}, and in order when the process is told to stop. */
    public int run() {
        GracefulStop.atSigterm(() -> {
            stopGracefully();
            return exit;
        });
        exit = runs();
        return exit;
    }

    /**
     * Runs until it is stopped.
     *
     * @return the exit code: 0, or 1 when it could not start
     */
    int runs() {
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        try {
            readProperties();
            main.run();
            return main.getExitCode();
        } catch (Exception e) {
            LOG.error("Fusewire could not start: {}", ErrorSentences.of(e));
            LOG.debug("In full", e);
            return 1;
        }
    }

    /** Starts and returns; for tests, and whoever stops it by {@link #stop}. */
    public void start() {
        readProperties();
        main.start();
    }

    /** As {@link #stop}, after some time in which load balancers see that it is not ready; events are taken meanwhile. */
    void stopGracefully() {
        if (graceful != null) {
            graceful.begin();
        }
        stop();
        if (graceful != null) {
            graceful.ended();
        }
    }

    private void readProperties() {
        sources = PropertySources.of(overrides);
        sources.into(main);
    }

    public void stop() {
        main.stop();
        // Camel calls no listener when a context stops that never started.
        if (parts != null) {
            parts.close();
        }
    }

    /** What is no fault of the files, and maybe not what was meant. */
    List<String> remarks() {
        return remarks;
    }

    public CamelContext camel() {
        return main.getCamelContext();
    }

    private void prepare(CamelContext camel) throws Exception {
        Settings settings = new Settings(camel);
        HttpMode mode = HttpMode.of(settings);
        if (mode != HttpMode.OWN) {
            throw new IllegalArgumentException("fusewire.http is " + settings.get("fusewire.http")
                    + ", which is for a host; the program has servers of its own: own.");
        }
        files = new RouteFiles(camel, sources.configFolder(), mode);
        validation = new StartupValidation(files.texts(), PropertyFile.packedText(), sources::placeOf);
        EnvironmentProperties environment = sources.know(validation.asked());
        Properties set = camel.getPropertiesComponent().loadProperties();
        validation
                .and(Templates.faults(sources.configFolder()))
                .and(set)
                .and(new PropertyValues(settings, sources::placeOf)::faults)
                .andShortened(set)
                .and(CamelProperties.faults(
                        set.stringPropertyNames(), PropertyFile.packed("camel.").keySet()))
                .remark(environment.unknown(), environment.remarks())
                .refuse();
        validation.and(PortValidator.faults(mode.ports(settings), false)).refuse();
        MainHttpServers servers = new MainHttpServers(camel, settings);
        graceful = new GracefulStop(camel, settings, servers::leave);
        PrometheusMeterRegistry meters = MeterFilters.in(
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), settings.number(MeterFilters.LIMIT));
        camel.getRegistry().bind("metricsRegistry", meters);
        parts = new Assembly(camel, clocks, new Assembly.Brought(null, meters, graceful::isOpen, servers), told);
        camel.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStarted(CamelContext started) {
                parts.started();
            }

            @Override
            public void onContextStopped(CamelContext stopped) {
                parts.close();
            }
        });
        parts.put();
    }

    private void load(CamelContext camel, boolean tell) throws Exception {
        LoadedRoutes routes = new LoadedRoutes(camel);
        routes.load(files.all(), List.of());
        remarks = validation.loaded(camel, routes::isOurs);
        if (tell) {
            remarks.forEach(line -> told.tell(line, LOG::warn));
        }
    }
}
