package io.fusewire.harness.compare;

import io.fusewire.harness.FreePorts;
import io.fusewire.harness.Postgres;
import io.fusewire.harness.Shell;
import io.fusewire.harness.Signer;
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
final class FusewireGateway implements SystemUnderTest {
    private final ComparisonContext context;
    private final Path folder;
    private final GatewayVariant kind;
    private final int port = FreePorts.free();
    private final int managementPort = FreePorts.free();
    private final Postgres postgres;
    private SystemProcess program;

    FusewireGateway(ComparisonContext context, Path folder, GatewayVariant kind) throws IOException, SQLException {
        this.context = context;
        this.folder = Files.createDirectories(folder);
        this.kind = kind;
        this.postgres = kind.shared() ? new Postgres(folder) : null;
        start();
    }

    private void start() throws IOException {
        List<String> options = new ArrayList<>(List.of("-Xmx" + kind.heapMiB() + "m"));
        if (kind.archived()) {
            options.add("-XX:SharedArchiveFile=" + archive());
        }
        program = new SystemProcess(folder, folder.resolve("gateway.log"), Map.of(), command(options));
    }

    private List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(context.java()));
        command.addAll(options);
        properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(
                "-jar", context.repository().resolve("target/fusewire.jar").toString()));
        return command;
    }

    /** Of a run that ends by itself, as docs/operating.md shows it; once for all gateways of a comparison. */
    private Path archive() throws IOException {
        Path archive = context.work().resolve("fusewire.jsa");
        if (!Files.exists(archive)) {
            List<String> options =
                    List.of("-XX:ArchiveClassesAtExit=" + archive, "-Dcamel.main.duration-max-seconds=5");
            Shell.Done done = Shell.run(new ProcessBuilder(command(options)).directory(folder.toFile()), 60);
            if (done.exit() != 0) {
                throw new IOException("no archive of classes: " + done.printed());
            }
        }
        return archive;
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>(Map.of(
                "camel.server.port", String.valueOf(port),
                "camel.management.port", String.valueOf(managementPort),
                "fusewire.config-folder", folder.toString(),
                "fusewire.data-folder", data().toString(),
                "fusewire.webhook.secrets", Signer.SECRET,
                "fusewire.backlog.limit", "100000000",
                "sinks.slack.webhook-url", context.sinks().slack(),
                "sinks.slack.per-second", "0"));
        properties.putAll(Map.of(
                "sinks.pagerduty.url",
                context.sinks().pagerDuty(),
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

    private Path data() {
        return folder.resolve("data");
    }

    boolean isSeeded() {
        return kind.millions() > 0;
    }

    /** Stops, makes its store hold so many million events, and starts again. */
    void seed() throws IOException, SQLException, InterruptedException {
        program.close();
        String url = postgres == null
                ? "jdbc:sqlite:" + data().resolve("fusewire.db")
                : postgres.url() + "?currentSchema=fusewire";
        String dialect = postgres == null ? "sqlite" : "postgresql";
        new StoreSeeder(context.repository().resolve("harness/load/history-" + dialect + ".sql"))
                .fill(url, Postgres.USER, kind.millions() * 1_000_000L);
        start();
        awaitReady();
    }

    @Override
    public URI webhookUrl() {
        return URI.create("http://127.0.0.1:" + port + "/webhooks/langfuse");
    }

    @Override
    public long startedAt() {
        return program.startedAt();
    }

    @Override
    public void awaitReady() throws IOException, InterruptedException {
        program.await(page("/observe/health/ready"), 200);
    }

    private URI page(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    @Override
    public long decided() throws IOException {
        return sum("fusewire_events_total{");
    }

    @Override
    public long pending() throws IOException {
        return sum("fusewire_events_waiting ") + sum("fusewire_deliveries_waiting{");
    }

    private long sum(String name) throws IOException {
        return (long) SystemProcess.get(page("/observe/metrics"))
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
    public List<Long> accounted() throws IOException {
        List<Long> all = new ArrayList<>(processes());
        if (postgres != null) {
            all.addAll(postgres.processes());
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        program.close();
        if (postgres != null) {
            postgres.close();
        }
    }
}
