package io.fusewire.harness.compare;

import io.fusewire.harness.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line of the comparison: contestants are started once, warmed, and then measured in turn, round after
 * round, so that a machine that slows down does so to all of them.
 */
public final class Comparison implements AutoCloseable {
    private static final String USAGE =
            """
            usage: harness/compare [ingest] [latency] [end-to-end] [--of NAME,NAME...] [--rounds N] [--seconds N] [--warm N]
                   names: ceiling fusewire fusewire-pg lean lean-always next""";
    private static final String INGEST = "ingest, 64 connections, events/s";
    private static final List<String> EVERYBODY =
            List.of("ceiling", "fusewire", "fusewire-pg", "lean", "lean-always", "next");

    private final List<String> measures = new ArrayList<>();
    private List<String> names = EVERYBODY;
    private int rounds = 5;
    private int seconds = 10;
    private int warm = 60;
    private final Figures figures = new Figures();
    private final Map<String, Contestant> contestants = new LinkedHashMap<>();
    private final FastSinks sinks = new FastSinks();
    private final Ground ground;
    private final Load load;

    private Comparison() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        Path repository = here.endsWith("harness") ? here.getParent() : here;
        Path work = Files.createTempDirectory("fusewire-comparison");
        this.ground = new Ground(repository, work, sinks);
        this.load = new Load(repository, work);
    }

    public static void main(String[] arguments) throws Exception {
        try (Comparison comparison = new Comparison()) {
            if (!comparison.read(List.of(arguments).iterator())) {
                System.err.println(USAGE);
                System.exit(2);
            }
            comparison.run();
        }
        System.exit(0);
    }

    /** The share of the ceiling's ingest that the gateway reaches, in a short run. */
    static double share() throws Exception {
        try (Comparison comparison = new Comparison()) {
            comparison.read(
                    List.of("ingest", "--of", "ceiling,fusewire", "--rounds", "3", "--seconds", "2", "--warm", "15")
                            .iterator());
            comparison.run();
            return comparison.figures.ratio(INGEST, "fusewire", "ceiling");
        }
    }

    private boolean read(Iterator<String> words) {
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "ingest", "latency", "end-to-end" -> measures.add(word);
                case "--of" -> names = List.of(words.next().split(","));
                case "--rounds" -> rounds = Integer.parseInt(words.next());
                case "--seconds" -> seconds = Integer.parseInt(words.next());
                case "--warm" -> warm = Integer.parseInt(words.next());
                default -> {
                    return false;
                }
            }
        }
        if (measures.isEmpty()) {
            measures.addAll(List.of("ingest", "latency", "end-to-end"));
        }
        return EVERYBODY.containsAll(names);
    }

    private void run() throws Exception {
        for (String name : names) {
            contestants.put(name, start(name));
            System.out.println("warms up: " + name);
            load.full(contestants.get(name).door(), 64, warm, 0);
            quiet(contestants.get(name));
            pause(contestants.get(name));
        }
        for (int round = 1; round <= rounds; round++) {
            System.out.println("round " + round);
            for (String measure : measures) {
                for (String name : names) {
                    resume(contestants.get(name));
                    measure(measure, name, contestants.get(name));
                    pause(contestants.get(name));
                }
            }
        }
        System.out.println();
        System.out.println(figures);
    }

    /** Who is not measured does nothing: no polling, no compiling. */
    private static void pause(Contestant contestant) throws IOException {
        signal(contestant, "-STOP");
    }

    private static void resume(Contestant contestant) throws IOException {
        signal(contestant, "-CONT");
    }

    private static void signal(Contestant contestant, String signal) throws IOException {
        for (long process : contestant.processes()) {
            Shell.run(new ProcessBuilder("kill", signal, String.valueOf(process)), 5);
        }
    }

    private Contestant start(String name) throws Exception {
        Path folder = ground.work().resolve(name);
        if (name.startsWith("lean") || name.equals("next")) {
            NodePeer.build(ground.repository());
        }
        return switch (name) {
            case "ceiling" -> new BareServer(ground, folder);
            case "fusewire" -> new FusewireGateway(ground, folder, false, "1g");
            case "fusewire-pg" -> new FusewireGateway(ground, folder, true, "1g");
            case "lean" -> new NodePeer(ground, folder, false, "everysec");
            case "lean-always" -> new NodePeer(ground, folder, false, "always");
            default -> new NodePeer(ground, folder, true, "everysec");
        };
    }

    private void measure(String measure, String name, Contestant contestant) throws Exception {
        switch (measure) {
            case "ingest" -> {
                for (int connections : new int[] {64, 256}) {
                    Load.Answers answers = load.full(contestant.door(), connections, seconds, 0);
                    figures.add("ingest, " + connections + " connections, events/s", name, answers.perSecond());
                    refused(name, answers);
                    quiet(contestant);
                }
            }
            case "latency" -> latency(name, contestant);
            default -> {
                if (!name.equals("ceiling")) {
                    double first = 0.4 * figures.median(INGEST, name);
                    EndToEnd.Sustained sustained = new EndToEnd(load, contestant, first > 0 ? first : 1_000)
                            .measure(64, 3 * seconds, 6 * seconds);
                    figures.add("end to end, events/s", name, sustained.perSecond());
                    figures.add("end to end, more waiting at the end", name, sustained.grew());
                    figures.add("end to end, CPU s for 100,000", name, sustained.cpuSeconds());
                    figures.add("end to end, MiB of memory", name, sustained.rssMiB());
                    quiet(contestant);
                }
            }
        }
    }

    private void latency(String name, Contestant contestant) throws Exception {
        double peak = figures.median(INGEST, name);
        for (int share : new int[] {50, 80}) {
            Load.Answers answers = load.paced(contestant.door(), 64, seconds, load.rate(peak * share / 100));
            refused(name, answers);
            figures.add("p50 at %d%% of its peak, ms".formatted(share), name, answers.p50());
            figures.add("p99 at %d%% of its peak, ms".formatted(share), name, answers.p99());
            figures.add("p99.9 at %d%% of its peak, ms".formatted(share), name, answers.p999());
            quiet(contestant);
        }
    }

    /** Ours answers all; what others refuse is a figure of theirs. */
    private void refused(String name, Load.Answers answers) {
        if (answers.refused() > 0 && name.startsWith("fusewire")) {
            throw new IllegalStateException(name + ": " + answers.refused() + " requests were not answered 200");
        }
        if (answers.refused() > 0) {
            figures.add("requests not answered 200", name, answers.refused());
        }
    }

    /** What one contestant has left must not burden the next. */
    private static void quiet(Contestant contestant) throws Exception {
        io.fusewire.harness.Waiting.until("nothing waits", 600, () -> contestant.waiting() == 0);
    }

    @Override
    public void close() throws IOException {
        for (Contestant contestant : contestants.values()) {
            resume(contestant);
            contestant.close();
        }
        sinks.close();
    }
}
