package io.fusewire.harness.compare;

import io.fusewire.harness.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The rate at which events can be sent for a minute while what waits, events for the rules and alerts for the sinks,
 * stays flat. The load is turned up while little waits, and down while much does.
 */
final class SustainedRate {
    /** Waiting more than this share of a second's events means falling behind. */
    private static final double MUCH = 0.5;

    private static final double LITTLE = 0.1;
    private static final double UP = 1.04;
    private static final double DOWN = 0.92;

    private final LoadGenerator load;
    private final SystemUnderTest system;
    private final DiskStats disk;
    private double wanted;
    private final Path rate;

    /** @param first the rate to begin with */
    SustainedRate(LoadGenerator load, SystemUnderTest system, DiskStats disk, double first) throws IOException {
        this.load = load;
        this.system = system;
        this.disk = disk;
        this.wanted = first;
        this.rate = load.rate(first);
    }

    /**
     * What came of it.
     *
     * @param perSecond events whose rules ran, a second
     * @param grew how many more waited at the end than at the beginning
     * @param cpuSeconds of all its processes, for 100,000 events
     * @param byThreads the same by what its threads are for
     * @param flushes how often the disk was told to make durable what it has, for 1,000 events
     */
    record Sustained(
            double perSecond,
            long grew,
            double cpuSeconds,
            Map<String, Double> byThreads,
            double memoryMiB,
            double flushes) {}

    /** @param settle seconds to find the rate, before the {@code seconds} that count */
    Sustained measure(int connections, int settle, int seconds) throws IOException, InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<LoadGenerator.Answers> answers =
                    thread.submit(() -> load.paced(system.webhookUrl(), connections, settle + seconds + 2, rate));
            steer(settle);
            long decided = system.decided();
            long waiting = system.pending();
            ResourceUsage before = ResourceUsage.of(system.accounted());
            ThreadTimes threads = ThreadTimes.of(system.accounted());
            double flushed = disk.flushes();
            long began = System.nanoTime();
            steer(seconds);
            double took = (System.nanoTime() - began) / 1e9;
            long more = system.decided() - decided;
            if (more <= 0) {
                throw new IllegalStateException("no rule has run, or the metrics do not tell of it");
            }
            double flushes = (disk.flushes() - flushed) / more * 1_000;
            ResourceUsage after = ResourceUsage.of(system.accounted());
            Map<String, Double> byThreads = ThreadTimes.of(system.accounted()).since(threads);
            byThreads.replaceAll((group, taken) -> taken / more * 100_000);
            long grew = system.pending() - waiting;
            double cpu = (after.cpuSeconds() - before.cpuSeconds()) / more * 100_000;
            answers.get();
            return new Sustained(more / took, grew, cpu, byThreads, after.memoryMiB(), flushes);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            thread.shutdownNow();
        }
    }

    private void steer(int seconds) throws IOException, InterruptedException {
        for (int second = 0; second < seconds; second++) {
            Waiting.pause(1);
            long waiting = system.pending();
            if (waiting > wanted * MUCH) {
                wanted *= DOWN;
            } else if (waiting < wanted * LITTLE) {
                wanted *= UP;
            }
            LoadGenerator.change(rate, wanted);
        }
    }
}
