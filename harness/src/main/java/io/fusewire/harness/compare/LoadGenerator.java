package io.fusewire.harness.compare;

import io.fusewire.harness.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk with signed events, each its own, as fast as they go or at a rate that can be changed meanwhile. */
final class LoadGenerator {
    private static final Pattern RESULT = Pattern.compile("RESULT requests=(\\d+) seconds=([\\d.]+) status=(\\d+)"
            + " socket=(\\d+) p50=(\\d+) p99=(\\d+) p999=(\\d+) max=(\\d+)");
    private static final AtomicInteger RUNS = new AtomicInteger((int) (System.nanoTime() & 0xFFFF));

    private final Path script;
    private final Path work;
    private final int errors;

    /** @param errors how many of a hundred events are ERROR traces */
    LoadGenerator(Path repository, Path work, int errors) {
        this.script = repository.resolve("harness/load/events.lua");
        this.work = work;
        this.errors = errors;
    }

    /**
     * What came of it. Times are milliseconds.
     *
     * @param perSecond answers a second
     * @param refused answers that were not 2xx, and requests without an answer
     */
    record Answers(double perSecond, long refused, double p50, double p99, double p999) {}

    /** As fast as they go. */
    Answers full(URI url, int connections, int seconds, int bytes) throws IOException {
        return run(url, connections, seconds, bytes, "-");
    }

    /** At a rate that {@code rate} holds, a number of requests a second. */
    Answers paced(URI url, int connections, int seconds, Path rate) throws IOException {
        return run(url, connections, seconds, 0, rate.toString());
    }

    /** A file that says how many requests a second are wanted. */
    Path rate(double perSecond) throws IOException {
        Path file = Files.createTempFile(work, "rate", "");
        change(file, perSecond);
        return file;
    }

    /** In one step, so that nobody reads half of it. */
    static void change(Path file, double perSecond) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, "%.0f%n".formatted(perSecond));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Answers run(URI url, int connections, int seconds, int bytes, String rate) throws IOException {
        List<String> command = new ArrayList<>(List.of("wrk", "-t", "1", "-c", String.valueOf(connections)));
        command.addAll(List.of("-d", seconds + "s", "-s", script.toString(), url.toString(), "--"));
        command.addAll(List.of("%04x".formatted(RUNS.incrementAndGet() & 0xFFFF), String.valueOf(bytes)));
        command.addAll(List.of(rate, String.valueOf(errors)));
        Shell.Done done = Shell.run(new ProcessBuilder(command), seconds + 60);
        Matcher result = RESULT.matcher(done.printed());
        if (!result.find()) {
            throw new IOException("wrk said: " + done.printed());
        }
        return new Answers(
                Long.parseLong(result.group(1)) / Double.parseDouble(result.group(2)),
                Long.parseLong(result.group(3)) + Long.parseLong(result.group(4)),
                Double.parseDouble(result.group(5)) / 1_000,
                Double.parseDouble(result.group(6)) / 1_000,
                Double.parseDouble(result.group(7)) / 1_000);
    }
}
