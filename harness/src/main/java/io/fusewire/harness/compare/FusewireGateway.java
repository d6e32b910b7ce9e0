package io.fusewire.harness.compare;

import io.fusewire.harness.FreePorts;
import io.fusewire.harness.Postgres;
import io.fusewire.harness.Shell;
import io.fusewire.harness.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** The product: the jar with its rules and metrics, on SQLite or on a PostgreSQL with fsync on. */
final class FusewireGateway extends LocalSystem {
    // Each with the names that it has had, or may get.
    private static final Pattern EVENTS = Pattern.compile("fusewire_events_total\\{");
    private static final Pattern EVENTS_PENDING = Pattern.compile("fusewire_events_(waiting|pending) ");
    private static final Pattern DELIVERIES_PENDING = Pattern.compile("fusewire_deliveries_(waiting|pending)\\{");

    /** A message for each alert of the mix, as the other systems post it. */
    private static final Map<String, String> EACH =
            Map.of("rules.trace-error.group-by", "event", "rules.low-score.group-by", "event");

    /** What an incident has to tell counts as waiting until it is told, so that it must not take minutes. */
    private static final Map<String, String> OFTEN = Map.of("rules.group-interval", "1s");

    private final ComparisonContext context;
    private final Path folder;
    private final GatewayVariant variant;
    private final int managementPort = FreePorts.free();
    private final Postgres postgres;
    private SystemProcess program;

    FusewireGateway(ComparisonContext context, Path folder, GatewayVariant variant) throws IOException, SQLException {
        this.context = context;
        this.folder = Files.createDirectories(folder);
        this.variant = variant;
        this.postgres = variant.shared() ? new Postgres(folder) : null;
        start();
    }

    private void start() throws IOException {
        List<String> options = new ArrayList<>(List.of("-Xmx" + variant.heapMiB() + "m"));
        if (variant.archived()) {
            options.add("-XX:SharedArchiveFile=" + archive());
        }
        program = new SystemProcess(folder, folder.resolve("gateway.log"), Map.of(), command(options));
    }

    private List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(context.java()));
        command.addAll(options);
        properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", jar().toString()));
        return command;
    }

    private Path jar() {
        return variant.jar().orElse(context.repository().resolve("target/fusewire.jar"));
    }

    /** Of a run that ends by itself, as docs/operating.md shows it; once for all gateways of a jar. */
    private Path archive() throws IOException {
        Path archive = context.work().resolve("fusewire-%08x.jsa".formatted(jar().hashCode()));
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
        if (knowsIncidents()) {
            properties.putAll(variant.grouped() ? OFTEN : EACH);
        }
        if (postgres != null) {
            properties.put("fusewire.store.url", postgres.url());
            properties.put("fusewire.store.user", Postgres.USER);
        }
        return properties;
    }

    /** A property that a jar does not know stops its start. */
    private boolean knowsIncidents() {
        try (JarFile jar = new JarFile(jar().toFile())) {
            return jar.getEntry("fusewire/sql/incident-get.sql") != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    boolean isSeeded() {
        return variant.millions() > 0;
    }

    /** Stops, makes its store hold so many million events, and starts again. */
    void seed() throws IOException, SQLException, InterruptedException {
        program.close();
        String url = postgres == null
                ? "jdbc:sqlite:" + data().resolve("fusewire.db")
                : postgres.url() + "?currentSchema=fusewire";
        String dialect = postgres == null ? "sqlite" : "postgresql";
        new StoreSeeder(context.repository().resolve("harness/load/history-" + dialect + ".sql"))
                .fill(url, Postgres.USER, variant.millions() * 1_000_000L);
        start();
        awaitReady();
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
        return (long) metrics(EVENTS).sum();
    }

    @Override
    public long pending() throws IOException {
        return gauge(EVENTS_PENDING) + gauge(DELIVERIES_PENDING);
    }

    /** A gauge that every gateway has from its start: without it, nothing would seem to wait. */
    private long gauge(Pattern name) throws IOException {
        double[] values = metrics(name).toArray();
        if (values.length == 0) {
            throw new IllegalStateException("the metrics of " + jar() + " have no " + name);
        }
        return (long) DoubleStream.of(values).sum();
    }

    private DoubleStream metrics(Pattern name) throws IOException {
        return SystemProcess.get(page("/observe/metrics"))
                .body()
                .lines()
                .filter(line -> name.matcher(line).lookingAt())
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
    }

    @Override
    SystemProcess server() {
        return program;
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
