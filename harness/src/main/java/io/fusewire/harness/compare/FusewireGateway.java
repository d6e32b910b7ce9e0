package io.fusewire.harness.compare;

import io.fusewire.harness.Ports;
import io.fusewire.harness.Postgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The product: the jar with its rules and metrics, on SQLite or on a PostgreSQL with fsync on. */
final class FusewireGateway implements Contestant {
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private final Postgres postgres;
    private final Program program;

    FusewireGateway(Ground ground, Path folder, boolean shared, String heap)
            throws IOException, SQLException, InterruptedException {
        Files.createDirectories(folder);
        this.postgres = shared ? new Postgres(folder) : null;
        List<String> command = new ArrayList<>(List.of(ground.java(), "-Xmx" + heap));
        properties(ground, folder).forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(
                "-jar", ground.repository().resolve("target/fusewire.jar").toString()));
        this.program = new Program(folder, folder.resolve("gateway.log"), Map.of(), command);
        program.await(page("/observe/health/ready"), 200);
    }

    private Map<String, String> properties(Ground ground, Path folder) {
        Map<String, String> properties = new TreeMap<>(Map.of(
                "camel.server.port", String.valueOf(port),
                "camel.management.port", String.valueOf(managementPort),
                "fusewire.config-folder", folder.toString(),
                "fusewire.data-folder", folder.resolve("data").toString(),
                "fusewire.webhook.secrets", Ground.SECRET,
                "fusewire.backlog.limit", "100000000",
                "sinks.slack.webhook-url", ground.sinks().slack(),
                "sinks.slack.per-second", "0"));
        properties.putAll(Map.of(
                "sinks.pagerduty.url",
                ground.sinks().pagerDuty(),
                "sinks.pagerduty.routing-key",
                FastSinks.ROUTING_KEY,
                "sinks.pagerduty.per-second",
                "0"));
        if (postgres != null) {
            properties.put("fusewire.store.url", postgres.url());
            properties.put("fusewire.store.user", Postgres.USER);
        }
        return properties;
    }

    @Override
    public URI door() {
        return URI.create("http://127.0.0.1:" + port + "/webhooks/langfuse");
    }

    private URI page(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    @Override
    public long decided() throws IOException {
        return sum("fusewire_events_total{");
    }

    @Override
    public long waiting() throws IOException {
        return sum("fusewire_events_waiting ");
    }

    private long sum(String name) throws IOException {
        return (long) Program.get(page("/observe/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public List<Long> processes() {
        return List.of(program.pid());
    }

    @Override
    public void close() throws IOException {
        program.close();
        if (postgres != null) {
            postgres.close();
        }
    }
}
