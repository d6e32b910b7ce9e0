package io.fusewire.harness.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The command line of the comparison: contestants are started once, warmed, and then measured in turn, round after
 * round, so that a machine that slows down does so to all of them.
 */
public final class Comparison implements AutoCloseable {
    private final Plan plan;
    private final Figures figures = new Figures();
    private final FastSinks sinks = new FastSinks();
    private final Path repository;
    private final Contestants contestants;
    private final Measures measures;

    private Comparison(Plan plan) throws IOException {
        this.plan = plan;
        Path here = Path.of("").toAbsolutePath();
        this.repository = here.endsWith("harness") ? here.getParent() : here;
        Path work = Files.createTempDirectory("fusewire-comparison");
        Load load = new Load(repository, work);
        this.contestants = new Contestants(new Ground(repository, work, sinks), load, plan.warm());
        this.measures = new Measures(load, figures, Disk.below(work), plan.seconds());
    }

    public static void main(String[] arguments) throws Exception {
        try (Comparison comparison = new Comparison(Plan.of(List.of(arguments)))) {
            comparison.run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        System.exit(0);
    }

    /** The share of the ceiling's ingest that the gateway reaches, in a short run. */
    static double share() throws Exception {
        Plan plan = new Plan(List.of("ingest"), List.of("ceiling", "fusewire"), 3, 2, 15, null);
        try (Comparison comparison = new Comparison(plan)) {
            comparison.run();
            return comparison.figures.ratio(Measures.INGEST, "fusewire", "ceiling");
        }
    }

    private void run() throws Exception {
        for (int round = 1; round <= plan.rounds(); round++) {
            System.out.println("round " + round);
            for (String measure : plan.measures()) {
                for (String name : plan.names()) {
                    measure(measure, name);
                }
            }
        }
        System.out.println();
        System.out.println(figures);
        if (plan.picture() != null) {
            new Picture(repository).draw(figures, plan.names(), plan.picture());
        }
    }

    private void measure(String measure, String name) throws Exception {
        if (measure.equals("start")) {
            try (Contestant fresh = contestants.fresh(name)) {
                measures.take(measure, name, fresh);
            }
            return;
        }
        measures.take(measure, name, contestants.call(name));
        contestants.rest(name);
    }

    @Override
    public void close() throws IOException {
        contestants.close();
        sinks.close();
    }
}
