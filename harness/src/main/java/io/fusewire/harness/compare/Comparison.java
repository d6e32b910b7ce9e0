package io.fusewire.harness.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The command line of the comparison: systems are started once, warmed, and then measured one after the other, round
 * after round, so that a machine that slows down does so to all of them.
 */
public final class Comparison implements AutoCloseable {
    private final ComparisonOptions options;
    private final Figures figures = new Figures();
    private final FastSinks sinks = new FastSinks();
    private final Path repository;
    private final Systems systems;
    private final Measurements measurements;

    private Comparison(ComparisonOptions options) throws IOException {
        this.options = options;
        Path here = Path.of("").toAbsolutePath();
        this.repository = here.endsWith("harness") ? here.getParent() : here;
        Path work = Files.createTempDirectory("fusewire-comparison");
        LoadGenerator load = new LoadGenerator(repository, work, options.errors());
        this.systems = new Systems(new ComparisonContext(repository, work, sinks), load, options.warm());
        this.measurements = new Measurements(load, figures, DiskStats.below(work), options.seconds());
    }

    public static void main(String[] arguments) throws Exception {
        try (Comparison comparison = new Comparison(ComparisonOptions.of(List.of(arguments)))) {
            comparison.run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        System.exit(0);
    }

    /** The share of the ceiling's ingest that the gateway reaches, in a short run. */
    static double share() throws Exception {
        ComparisonOptions options =
                new ComparisonOptions(List.of("ingest"), List.of("ceiling", "fusewire"), 3, 2, 15, 0, null);
        try (Comparison comparison = new Comparison(options)) {
            comparison.run();
            return comparison.figures.ratio(Measurements.INGEST, "fusewire", "ceiling");
        }
    }

    private void run() throws Exception {
        for (int round = 1; round <= options.rounds(); round++) {
            System.out.println("round " + round);
            for (String measure : options.measures()) {
                for (String name : inTurn(round)) {
                    measure(measure, name);
                }
            }
        }
        System.out.println();
        System.out.println(figures);
        if (options.picture() != null) {
            new RateChart(repository).draw(figures, options.names(), options.picture());
        }
    }

    /** Every other round backwards, so that nobody always follows the same one. */
    private List<String> inTurn(int round) {
        List<String> names = new ArrayList<>(options.names());
        if (round % 2 == 0) {
            Collections.reverse(names);
        }
        return names;
    }

    private void measure(String measure, String name) throws Exception {
        if (measure.equals("start")) {
            try (SystemUnderTest fresh = systems.fresh(name)) {
                measurements.take(measure, name, fresh);
            }
            return;
        }
        measurements.take(measure, name, systems.resume(name));
        systems.suspend(name);
    }

    @Override
    public void close() throws IOException {
        systems.close();
        sinks.close();
    }
}
