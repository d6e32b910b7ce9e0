package io.fusewire.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The command line: which scenarios, on which store, how many events, which seed. */
public final class Main {
    private static final String USAGE =
            """
            usage: harness/run SCENARIO... [--store sqlite|postgresql] [--events N] [--seed N] [--parallel N]
                   harness/run all         every scenario
                   harness/run short       few events, brief faults, mostly one store: four minutes
                   harness/run --list      the scenarios and what they show""";
    private static final int EVENTS = 20_000;
    private static final int SHORT_EVENTS = 1_000;

    /** Most of a scenario is waiting for a process, a lease or a fault's end. */
    private static final int SHORT_PARALLEL = 3;

    private final List<Scenario> scenarios = new ArrayList<>();
    private Set<StoreKind> stores = EnumSet.allOf(StoreKind.class);
    private long seed = new Random().nextInt(Integer.MAX_VALUE);
    private int events;
    private int parallel;
    private boolean isShort;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(run(List.of(arguments)));
    }

    /** The exit code: 0 when every promise was kept, 1 when not, 2 when the command is none. */
    static int run(List<String> arguments) throws Exception {
        if (arguments.equals(List.of("--list"))) {
            Scenarios.ALL.forEach(scenario -> System.out.printf("%-16s %s%n", scenario.name(), scenario.promise()));
            return 0;
        }
        Main main = new Main();
        if (!main.read(arguments.iterator()) || main.scenarios.isEmpty()) {
            System.err.println(USAGE);
            return 2;
        }
        return main.execute().isKept() ? 0 : 1;
    }

    /** Runs the short form. */
    static Report runShort() throws Exception {
        Main main = new Main();
        main.read(List.of("short").iterator());
        return main.execute();
    }

    private boolean read(Iterator<String> words) {
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "all" -> scenarios.addAll(Scenarios.ALL);
                case "short" -> isShort = true;
                case "--store" -> stores =
                        EnumSet.of(StoreKind.valueOf(words.next().toUpperCase(Locale.ROOT)));
                case "--events" -> events = Integer.parseInt(words.next());
                case "--parallel" -> parallel = Integer.parseInt(words.next());
                case "--seed" -> seed = Long.parseLong(words.next());
                default -> {
                    List<Scenario> named = Scenarios.ALL.stream()
                            .filter(scenario -> scenario.name().equals(word))
                            .toList();
                    scenarios.addAll(named);
                    if (named.isEmpty()) {
                        return false;
                    }
                }
            }
        }
        if (isShort && scenarios.isEmpty()) {
            scenarios.addAll(Scenarios.ALL);
        }
        return true;
    }

    private Report execute() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        Path repository = here.endsWith("harness") ? here.getParent() : here;
        Path work = Files.createTempDirectory("fusewire-harness");
        int count = events > 0 ? events : isShort ? SHORT_EVENTS : EVENTS;
        ScenarioRunner runner = new ScenarioRunner(new RunOptions(repository, work, seed, count, isShort));
        System.out.println("Seed " + seed + ", " + count + " events; logs and stores are in " + work);
        List<Callable<Report.Part>> beside = new ArrayList<>();
        List<Callable<Report.Part>> alone = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (StoreKind store : StoreKind.values()) {
                if (stores.contains(store) && scenario.stores(isShort).contains(store)) {
                    (scenario.alone() ? alone : beside).add(() -> runner.run(scenario, store));
                }
            }
        }
        Report report = new Report();
        runAll(beside, parallel > 0 ? parallel : isShort ? SHORT_PARALLEL : 1, report);
        runAll(alone, 1, report);
        System.out.println();
        System.out.println(report);
        System.out.println("Seed " + seed);
        return report;
    }

    private static void runAll(List<Callable<Report.Part>> parts, int atOnce, Report report)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            for (Future<Report.Part> part : threads.invokeAll(parts)) {
                report.add(part.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
