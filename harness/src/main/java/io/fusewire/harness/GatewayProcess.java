package io.fusewire.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One gateway: the real jar in a process that is started, killed, paused and started again on the same ports. */
final class GatewayProcess implements AutoCloseable {
    private static final String READY = "/observe/health/ready";
    private static final String LIVE = "/observe/health/live";
    static final String UP = "UP";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    /** Many gateways start on few cores, and none lives long. */
    private static final List<String> CHEAP_TO_START =
            List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Path jar;
    private final Path folder;
    private final Map<String, String> properties;
    private final Map<String, String> environment;
    private final int port = FreePorts.free();
    private final int managementPort = FreePorts.free();
    private Process process;
    private int starts;

    GatewayProcess(Path jar, Path folder, Map<String, String> properties, Map<String, String> environment)
            throws IOException {
        this.jar = jar;
        this.folder = Files.createDirectories(folder);
        this.properties = new TreeMap<>(properties);
        this.environment = environment;
        this.properties.put("camel.server.port", String.valueOf(port));
        this.properties.put("camel.management.port", String.valueOf(managementPort));
        this.properties.putIfAbsent("fusewire.config-folder", folder.toString());
        this.properties.putIfAbsent(
                "fusewire.data-folder", folder.resolve("data").toString());
    }

    /** Starts it and waits until it is ready. */
    void start() throws IOException, InterruptedException {
        starts++;
        Path log = log();
        ProcessBuilder command = command("run").redirectErrorStream(true).redirectOutput(log.toFile());
        command.environment().putAll(environment);
        process = command.start();
        Waiting.until("a gateway is ready, see " + log, 180, () -> !process.isAlive() || isReady());
        if (!process.isAlive()) {
            throw new IllegalStateException("a gateway did not start: " + Files.readString(log));
        }
    }

    /** A property for the next start; none where the value is null. */
    void set(String property, String value) {
        if (value == null) {
            properties.remove(property);
        } else {
            properties.put(property, value);
        }
    }

    private ProcessBuilder command(String verb) {
        List<String> line = new ArrayList<>();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        line.add(java.toString());
        line.addAll(CHEAP_TO_START);
        Path classes = jar.resolveSibling("fusewire.jsa");
        if (Files.exists(classes)) {
            line.add("-XX:SharedArchiveFile=" + classes);
        }
        properties.forEach((name, value) -> line.add("-D" + name + "=" + value));
        line.addAll(List.of("-jar", jar.toString(), verb));
        return new ProcessBuilder(line).directory(folder.toFile());
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; the exit code, or -1 when it still runs after two minutes. */
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor(120, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    void pause() throws IOException {
        Shell.run("kill", "-STOP", String.valueOf(process.pid()));
    }

    void resume() throws IOException {
        Shell.run("kill", "-CONT", String.valueOf(process.pid()));
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    boolean isReady() {
        return said(READY).equals(UP);
    }

    boolean isLive() {
        return liveness().equals(UP);
    }

    /** {@link #UP}, what it answers otherwise, or why there is no answer. */
    String liveness() {
        return said(LIVE);
    }

    private String said(String health) {
        try {
            HttpResponse<String> answer = request("GET", health);
            return answer.statusCode() == 200 ? UP : answer.body();
        } catch (IOException e) {
            return "no answer, " + e;
        }
    }

    /** Of a process that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** The bytes of all objects that are in use, after a full collection. */
    long liveBytes() throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String counted = Shell.run(jcmd, String.valueOf(process.pid()), "GC.class_histogram")
                .printed()
                .strip();
        return Long.parseLong(counted.substring(counted.lastIndexOf(' ') + 1));
    }

    /** How many lines of its last log hold a text. */
    long logged(String text) throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    private Path log() {
        return folder.resolve("gateway-" + starts + ".log");
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    URI webhookUrl() {
        return URI.create("http://127.0.0.1:" + port + "/webhooks/langfuse");
    }

    /** The file of its embedded store. */
    Path store() {
        return Path.of(properties.get("fusewire.data-folder"), "fusewire.db");
    }

    /** The command {@code reconcile} on its store. */
    Shell.Done verify() throws IOException {
        return Shell.run(command("reconcile"));
    }

    /** Puts all dead letters of a sink back. */
    String replay(String sink) throws IOException {
        return request("POST", "/admin/dead-letters/replay?sink=" + sink).body();
    }

    /** The incidents of a state, {@code open} or {@code closed}: the first page, which holds all that a scenario makes. */
    List<JsonNode> incidents(String state) throws IOException {
        HttpResponse<String> answer = request("GET", "/admin/incidents?state=" + state);
        if (answer.statusCode() != 200) {
            throw new IOException("/admin/incidents answered " + answer.statusCode());
        }
        List<JsonNode> incidents = new ArrayList<>();
        new ObjectMapper().readTree(answer.body()).path("incidents").forEach(incidents::add);
        return incidents;
    }

    /** The sum of a metric's lines whose labels hold a text; 0 where there is none. */
    double metric(String name, String labels) throws IOException {
        return request("GET", "/observe/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** How many requests it has answered with 200 since its start, copies not counted. */
    double accepted() throws IOException {
        return metric("fusewire_requests_total", "outcome=\"accepted\"");
    }

    /** Whether nothing waits in its store, neither for the rules nor for a sink. */
    boolean isIdle() {
        try {
            return metric("fusewire_events_waiting ", "") + metric("fusewire_deliveries_waiting{", "") == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> request(String method, String path) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                    .timeout(Duration.ofSeconds(10))
                    .header("Authorization", "Bearer " + ScenarioContext.ADMIN_TOKEN)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        if (isRunning()) {
            process.destroyForcibly();
        }
    }
}
