package io.fusewire.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged jar in a process of its own, started from another folder. */
public final class GatewayProcess implements AutoCloseable {
    public static final Path JAR = Path.of("target/fusewire.jar").toAbsolutePath();
    private static final Path CLASSES = JAR.resolveSibling("fusewire.jsa");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path jar;
    private final Path folder;
    private final Path log;
    private final int port;
    private final int managementPort;
    private final String[] options;

    private GatewayProcess(Path jar, Path folder, int port, int managementPort, String... options) throws IOException {
        this.jar = jar;
        this.folder = folder;
        this.log = Files.createTempFile(folder, "gateway", ".log");
        this.port = port;
        this.managementPort = managementPort;
        this.options = options;
        List<String> all = new ArrayList<>();
        // A test's disk may stand still for seconds.
        all.add("-Dfusewire.store.commit-timeout=10s");
        all.addAll(List.of(options));
        all.add("-Dcamel.server.port=" + port);
        all.add("-Dcamel.management.port=" + managementPort);
        all.add("-Dfusewire.data-folder=" + folder.resolve("data"));
        this.process = java(Map.of(), jar, folder, log, all, List.of());
    }

    /** Starts the jar in {@code folder} with these JVM options and waits until it is ready. */
    public static GatewayProcess start(Path jar, Path folder, String... options) throws IOException {
        return new GatewayProcess(jar, folder, RunningGateway.freePort(), RunningGateway.freePort(), options).ready();
    }

    /** The same gateway once more, after it was killed. */
    public GatewayProcess again() throws IOException {
        return new GatewayProcess(jar, folder, port, managementPort, options).ready();
    }

    private GatewayProcess ready() throws IOException {
        Awaitility.await().until(() -> !process.isAlive() || log().contains("Fusewire takes webhooks"));
        if (!process.isAlive()) {
            throw new IllegalStateException(log());
        }
        return this;
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public URI webhooks() {
        return URI.create("http://localhost:" + port + "/webhooks/langfuse");
    }

    public int managementPort() {
        return managementPort;
    }

    /** Runs one command of the jar to its end and returns what it printed. */
    public static String run(Path jar, Path folder, int expectedExit, List<String> options, List<String> command)
            throws IOException, InterruptedException {
        return run(Map.of(), jar, folder, expectedExit, options, command);
    }

    /** The same with variables in its environment. */
    public static String run(
            Map<String, String> environment,
            Path jar,
            Path folder,
            int expectedExit,
            List<String> options,
            List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "command", ".txt");
        Process process = java(environment, jar, folder, output, options, command);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        if (process.waitFor() != expectedExit) {
            throw new AssertionError("exit " + process.exitValue() + ": " + printed);
        }
        return printed;
    }

    private static Process java(
            Map<String, String> environment,
            Path jar,
            Path folder,
            Path output,
            List<String> options,
            List<String> command)
            throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        if (jar.equals(JAR) && Files.exists(CLASSES)) {
            line.add("-XX:SharedArchiveFile=" + CLASSES);
        }
        line.addAll(options);
        line.add("-jar");
        line.add(jar.toString());
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    public String send(Path jar, Path folder, int expectedExit, Path... events) throws Exception {
        List<String> command = new ArrayList<>(List.of("send"));
        for (Path event : events) {
            command.add(event.toAbsolutePath().toString());
        }
        return run(
                jar, folder, expectedExit, List.of("-Dcamel.main.profile=dev", "-Dcamel.server.port=" + port), command);
    }

    /** Runs a command of the jar, with the dev profile, that asks this gateway. */
    public String command(int expectedExit, String... words) throws IOException, InterruptedException {
        List<String> dev = List.of("-Dcamel.main.profile=dev", "-Dcamel.management.port=" + managementPort);
        return run(jar, folder, expectedExit, dev, List.of(words));
    }

    public String get(String path) throws IOException, InterruptedException {
        return ask("GET", path, null);
    }

    /** Asks the management port; {@code token} may be null. */
    public String ask(String method, String path, String token) throws IOException, InterruptedException {
        return ask(method, path, token, null);
    }

    /** Asks the management port; {@code token} and {@code json} may be null. */
    public String ask(String method, String path, String token, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path));
        if (json == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(json))
                    .header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Posts a file to the management port as {@code curl --data-binary} does, which calls whatever it sends a form. */
    public String upload(String path, String token, Path file) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /** SIGTERM; waits for nothing. */
    public void sigterm() {
        process.destroy();
    }

    /** SIGTERM; returns the exit code. */
    public int terminate() throws InterruptedException {
        sigterm();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running a minute after SIGTERM");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
