package io.fusewire.harness.compare;

import java.io.IOException;
import java.util.List;

/** What is measured of a system; each figure under its name. */
final class Measurements {
    static final String INGEST = "ingest, 64 connections, events/s";
    static final String END_TO_END = "end to end, events/s";
    private static final int CONNECTIONS = 256;
    private static final List<Integer> BODY_KIB = List.of(0, 4, 64, 512);

    private final LoadGenerator load;
    private final Figures figures;
    private final DiskStats disk;
    private final int seconds;

    Measurements(LoadGenerator load, Figures figures, DiskStats disk, int seconds) {
        this.load = load;
        this.figures = figures;
        this.disk = disk;
        this.seconds = seconds;
    }

    void take(String measure, String name, SystemUnderTest system) throws IOException, InterruptedException {
        ForeignLoad foreign = new ForeignLoad(system);
        measure(measure, name, system);
        figures.foreign(foreign.share());
    }

    private void measure(String measure, String name, SystemUnderTest system) throws IOException, InterruptedException {
        switch (measure) {
            case "ingest" -> ingest(name, system);
            case "latency" -> latency(name, system);
            case "bodies" -> bodies(name, system);
            case "start" -> figures.add("start to first accepted event, s", name, StartupTime.of(system));
            default -> endToEnd(name, system);
        }
    }

    private void ingest(String name, SystemUnderTest system) throws IOException, InterruptedException {
        for (int connections : new int[] {64, 256}) {
            LoadGenerator.Answers answers = load.full(system.webhookUrl(), connections, seconds, 0);
            figures.add("ingest, " + connections + " connections, events/s", name, answers.perSecond());
            figures.add(
                    "MiB of memory after it, " + connections + " connections",
                    name,
                    ResourceUsage.of(system.accounted()).memoryMiB());
            refused(name, answers);
            Systems.drain(system);
        }
    }

    private void latency(String name, SystemUnderTest system) throws IOException, InterruptedException {
        double peak = figures.median(INGEST, name);
        for (int share : new int[] {50, 80}) {
            latency("%d%% of its peak".formatted(share), peak * share / 100, name, system);
        }
        double lean = figures.median(INGEST, "lean");
        if (!Double.isNaN(lean)) {
            latency("half of lean's peak", lean / 2, name, system);
        }
    }

    private void latency(String rate, double perSecond, String name, SystemUnderTest system)
            throws IOException, InterruptedException {
        LoadGenerator.Answers answers = load.paced(system.webhookUrl(), 64, seconds, load.rate(perSecond));
        refused(name, answers);
        figures.add("p50 at " + rate + ", ms", name, answers.p50());
        figures.add("p99 at " + rate + ", ms", name, answers.p99());
        figures.add("p99.9 at " + rate + ", ms", name, answers.p999());
        Systems.drain(system);
    }

    private void bodies(String name, SystemUnderTest system) throws IOException, InterruptedException {
        for (int kib : BODY_KIB) {
            String size = kib == 0 ? "0.3" : String.valueOf(kib);
            LoadGenerator.Answers answers = load.full(system.webhookUrl(), 64, seconds, kib << 10);
            figures.add("ingest, bodies of " + size + " KiB, events/s", name, answers.perSecond());
            refused(name, answers);
            Systems.drain(system);
        }
    }

    private void endToEnd(String name, SystemUnderTest system) throws IOException, InterruptedException {
        if (name.equals("ceiling")) {
            return;
        }
        double peak = figures.median(INGEST, name);
        double first = Double.isNaN(peak) ? 1_000 : 0.4 * peak;
        SustainedRate.Sustained sustained =
                new SustainedRate(load, system, disk, first).measure(CONNECTIONS, 3 * seconds, 6 * seconds);
        figures.add(END_TO_END, name, sustained.perSecond());
        figures.add("end to end, more waiting at the end", name, sustained.grew());
        figures.add("end to end, CPU s for 100,000", name, sustained.cpuSeconds());
        sustained
                .byThreads()
                .forEach((group, cpu) -> figures.add("end to end, CPU s for 100,000: " + group, name, cpu));
        figures.add("end to end, MiB of memory", name, sustained.memoryMiB());
        figures.add("end to end, disk flushes for 1,000", name, sustained.flushes());
        Systems.drain(system);
    }

    /** Ours answers all; what others refuse is a figure of theirs. */
    private void refused(String name, LoadGenerator.Answers answers) {
        if (answers.refused() > 0 && name.startsWith("fusewire")) {
            throw new IllegalStateException(name + ": " + answers.refused() + " requests were not answered 200");
        }
        if (answers.refused() > 0) {
            figures.add("requests not answered 200", name, answers.refused());
        }
    }
}
