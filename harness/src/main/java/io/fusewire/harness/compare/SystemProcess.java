package io.fusewire.harness.compare;

import io.fusewire.harness.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of a system, with its log. It ends with the harness at the latest, even while it is stopped. */
final class SystemProcess implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final long startedAt;
    private final Path log;

    /** @param log what it prints goes here */
    SystemProcess(Path folder, Path log, Map<String, String> environment, List<String> command) throws IOException {
        this.log = log;
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        this.startedAt = System.nanoTime();
        this.process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Waits until a page is there with this status. */
    void await(URI page, int status) throws InterruptedException, IOException {
        Waiting.until(page + " answers, see " + log, 60, () -> !process.isAlive() || answers(page, status));
        if (!process.isAlive()) {
            throw new IllegalStateException("it did not start: " + Files.readString(log));
        }
    }

    private static boolean answers(URI page, int status) {
        try {
            return get(page).statusCode() == status;
        } catch (IOException e) {
            return false;
        }
    }

    static HttpResponse<String> get(URI page) throws IOException {
        try {
            return HTTP.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** By {@link System#nanoTime}. */
    long startedAt() {
        return startedAt;
    }

    long pid() {
        return process.pid();
    }

    /** SIGTERM, and SIGKILL when that does not end it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
