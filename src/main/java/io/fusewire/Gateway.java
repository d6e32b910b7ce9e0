package io.fusewire;

import io.fusewire.alert.Templates;
import io.fusewire.check.HouseRules;
import io.fusewire.check.KnownProperties;
import io.fusewire.check.Ports;
import io.fusewire.check.Sentences;
import io.fusewire.check.Urls;
import io.fusewire.check.YamlFiles;
import io.fusewire.check.YamlSchema;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The standalone program: Camel Main with our parts, our route files and our checks. */
final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Main main = new Main();
    private final Clocks clocks;
    private volatile int exit;
    private Parts parts;
    private List<String> remarks = List.of();

    /** @param overrides properties that win over all others */
    Gateway(Clocks clocks, Map<String, String> overrides) {
        this.clocks = clocks;
        if (!overrides.isEmpty()) {
            ProcessProperties.behind(overrides, main);
        }
        main.addOverrideProperty(
                "fusewire.config-folder", Locations.configFolder(overrides).toString());
        main.setPropertyPlaceholderLocations(Locations.ofProperties(overrides));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                main.getCamelContext()
                        .getPropertiesComponent()
                        .addPropertiesSource(new SecretFiles(main.getCamelContext()));
                unchecked(() -> prepare(main.getCamelContext()));
            }

            @Override
            public void afterConfigure(BaseMainSupport starting) {
                HouseRules rules = new HouseRules(main.getCamelContext());
                refuse(rules.faults());
                refuse(YamlSchema.faults(RouteFiles.own(Locations.configFolder(overrides))));
                remarks = rules.remarks();
                if (!overrides.containsKey(Parts.DRY)) {
                    remarks.forEach(LOG::warn);
                }
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
    int run() {
        endInOrder(() -> {
            stop();
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
            main.run();
            return main.getExitCode();
        } catch (Exception e) {
            LOG.error("Fusewire could not start: {}", Sentences.of(e));
            LOG.debug("In full", e);
            return 1;
        }
    }

    /** A SIGTERM is no fault: what is in flight finishes, and the process exits 0 instead of the JVM's 143. */
    static void endInOrder(IntSupplier end) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(end.getAsInt()), "fusewire-stop"));
    }

    /** Starts and returns; for tests, and whoever stops it by {@link #stop}. */
    void start() {
        main.start();
    }

    void stop() {
        main.stop();
        // Of a context that never started Camel tells no stop.
        if (parts != null) {
            parts.close();
        }
    }

    /** What is no fault of the files, and maybe not what was meant. */
    List<String> remarks() {
        return remarks;
    }

    CamelContext camel() {
        return main.getCamelContext();
    }

    private void prepare(CamelContext camel) throws Exception {
        Settings settings = new Settings(camel);
        if (Doors.of(settings) != Doors.OWN) {
            throw new IllegalArgumentException("fusewire.door is " + settings.get("fusewire.door")
                    + ", which is for a host; the program has doors of its own: own.");
        }
        Path configFolder = Path.of(settings.get("fusewire.config-folder"));
        RouteFiles routes = new RouteFiles(camel, configFolder);
        refuse(YamlFiles.faults(routes.texts()));
        refuse(Templates.faults(configFolder));
        KnownProperties known =
                new KnownProperties(Packed.text(), routes.texts().values());
        refuse(known.faults(keys(camel)));
        refuse(known.unread(camel.getPropertiesComponent().loadProperties()));
        refuse(Ports.faults(Stream.of("camel.server.port", "camel.management.port")
                .collect(Collectors.toMap(Function.identity(), settings::number))));
        refuse(Urls.faults(camel.getPropertiesComponent().loadProperties()));
        main.configure().withRoutesIncludePattern(routes.pattern());
        main.configure().httpServer().withMaxBodySize(settings.size("fusewire.webhook.max-body-size"));
        PrometheusMeterRegistry meters = Parts.bounded(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), settings);
        camel.getRegistry().bind("metricsRegistry", meters);
        parts = new Parts(camel, clocks, new Parts.Brought("", null, meters, new MainServers(camel, settings)));
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

    private static List<String> keys(CamelContext camel) {
        Properties all = camel.getPropertiesComponent().loadProperties();
        List<String> keys = new ArrayList<>(all.stringPropertyNames());
        keys.addAll(System.getProperties().stringPropertyNames());
        return keys;
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", faults));
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void unchecked(Step step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
