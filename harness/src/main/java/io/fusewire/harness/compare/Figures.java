package io.fusewire.harness.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Figures by what was measured and of whom, one for each round; printed as they come and as medians at the end. */
final class Figures {
    private final Map<String, Map<String, List<Double>>> all = new LinkedHashMap<>();

    void add(String what, String who, double figure) {
        all.computeIfAbsent(what, any -> new LinkedHashMap<>())
                .computeIfAbsent(who, any -> new ArrayList<>())
                .add(figure);
        System.out.printf("  %-40s %-20s %,12.1f%n", what, who, figure);
    }

    double median(String what, String who) {
        return median(all.getOrDefault(what, Map.of()).getOrDefault(who, List.of()));
    }

    /** The median of the rounds' ratios: what one round's machine did to both cancels out. */
    double ratio(String what, String who, String other) {
        List<Double> mine = all.getOrDefault(what, Map.of()).getOrDefault(who, List.of());
        List<Double> theirs = all.getOrDefault(what, Map.of()).getOrDefault(other, List.of());
        return median(IntStream.range(0, Math.min(mine.size(), theirs.size()))
                .mapToObj(round -> mine.get(round) / theirs.get(round))
                .toList());
    }

    private static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int half = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** As a table in Markdown: median, and the least and the most. */
    @Override
    public String toString() {
        StringBuilder table =
                new StringBuilder("| measured | of | median | least | most | rounds |\n|---|---|---|---|---|---|\n");
        all.forEach(
                (what, who) -> who.forEach((name, figures) -> table.append("| %s | %s | %,.1f | %,.1f | %,.1f | %d |%n"
                        .formatted(
                                what,
                                name,
                                median(figures),
                                figures.stream().min(Double::compare).orElseThrow(),
                                figures.stream().max(Double::compare).orElseThrow(),
                                figures.size()))));
        return table.toString();
    }
}
