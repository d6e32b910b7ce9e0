package io.fusewire.harness.compare;

import io.fusewire.harness.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The rates as bars, drawn by gnuplot. */
final class RateChart {
    private final Path script;

    RateChart(Path repository) {
        this.script = repository.resolve("harness/load/rates.gp");
    }

    /** Draws the medians of whoever was measured into an SVG file. */
    void draw(Figures figures, List<String> names, Path picture) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String name : names) {
            rows.append("%s\t%.0f\t%.0f%n"
                    .formatted(
                            name,
                            figures.median(Measurements.INGEST, name),
                            figures.median(Measurements.END_TO_END, name)));
        }
        Path data = Files.writeString(Files.createTempFile("fusewire-rates", ".tsv"), rows);
        Shell.Done done = Shell.run(
                new ProcessBuilder(
                        "gnuplot", "-e", "data='" + data + "'; picture='" + picture + "'", script.toString()),
                60);
        Files.delete(data);
        if (done.exit() != 0) {
            throw new IOException("gnuplot said: " + done.printed());
        }
    }
}
