package io.fusewire.testing;

import io.fusewire.runtime.Clocks;
import io.fusewire.runtime.StandaloneGateway;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;

/** The real program, in this process, on free ports, with a store of its own and a clock that can be put forward. */
public final class RunningGateway extends GatewayClient implements AutoCloseable {
    /** Most tests are about deliveries, and are told of each; those of incidents say otherwise. */
    private static final Map<String, String> MESSAGE_FOR_EACH_EVENT = Map.of(
            "rules.trace-error.group-by", "event",
            "rules.low-score.group-by", "event",
            "rules.monitor-alert.group-by", "event",
            "rules.project-notification.group-by", "event");

    private static final int LOWEST_PORT = 10_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final Queue<DatagramSocket> HELD = new ConcurrentLinkedQueue<>();

    private final StandaloneGateway gateway;
    private final TestClock clock = TestClock.running();
    private final int port;
    private final int managementPort;

    private RunningGateway(Path folder, Map<String, String> properties) {
        this.port = freePort();
        this.managementPort = freePort();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("camel.server.port", String.valueOf(port));
        all.put("camel.management.port", String.valueOf(managementPort));
        all.put("fusewire.config-folder", folder.toString());
        all.put("fusewire.data-folder", folder.resolve("data").toString());
        all.put("fusewire.webhook.secrets", SECRET);
        all.put("fusewire.admin.token", ADMIN_TOKEN);
        // A test's disk may stand still for seconds.
        all.put("fusewire.store.commit-timeout", "10s");
        all.put("rules.group-by", "event");
        // A property of a rule that there is not would stop the start.
        if (!Files.exists(folder.resolve("routes/rules/built-in.camel.yaml"))) {
            all.putAll(MESSAGE_FOR_EACH_EVENT);
        }
        all.putAll(properties);
        this.gateway = new StandaloneGateway(new Clocks(clock, clock), all);
        gateway.start();
    }

    /** Starts one whose config and data lie in {@code folder}. */
    public static RunningGateway in(Path folder, Map<String, String> properties) {
        return new RunningGateway(folder, properties);
    }

    @Override
    public CamelContext camel() {
        return gateway.camel();
    }

    @Override
    public TestClock clock() {
        return clock;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int managementPort() {
        return managementPort;
    }

    /**
     * A port that nobody listens at. None of those that the machine gives out by itself, and the UDP port of its number is held
     * as long as this process lives, so that no test of another process is given it.
     */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket free = new ServerSocket(port)) {
                HELD.add(new DatagramSocket(free.getLocalPort()));
                return port;
            } catch (BindException taken) {
                continue;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        gateway.stop();
    }
}
