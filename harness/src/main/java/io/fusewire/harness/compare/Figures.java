package io.fusewire.harness.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Figures by what was measured and of whom, one for each round; printed as they come and as medians at the end. */
final class Figures {
    /** Of all processors' time: others' work of more than this share disturbs a measurement. */
    private static final double MUCH = 0.05;

    private final Map<String, Map<String, List<Double>>> all = new LinkedHashMap<>();
    private final Map<String, Integer> disturbed = new HashMap<>();
    private final List<String> latest = new ArrayList<>();

    void add(String what, String who, double figure) {
        all.computeIfAbsent(what, any -> new LinkedHashMap<>())
                .computeIfAbsent(who, any -> new ArrayList<>())
                .add(figure);
        latest.add(column(what, who));
        System.out.printf("  %-40s %-20s %,12.1f%n", what, who, figure);
    }

    /**
     * What others did on the machine while the figures were taken that came since this was told last.
     *
     * @param share of all processors' time, 0 to 1
     */
    void foreign(double share) {
        if (share > MUCH) {
            System.out.printf("  disturbed: others took %.0f%% of the machine meanwhile%n", 100 * share);
            latest.forEach(each -> disturbed.merge(each, 1, Integer::sum));
        }
        latest.clear();
    }

    private static String column(String what, String who) {
        return what + " of " + who;
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

    /** As a table in Markdown: median, the least and the most, and how many rounds others disturbed. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(
                "| measured | of | median | least | most | rounds | disturbed |\n|---|---|---|---|---|---|---|\n");
        all.forEach((what, who) ->
                who.forEach((name, figures) -> table.append("| %s | %s | %,.1f | %,.1f | %,.1f | %d | %d |%n"
                        .formatted(
                                what,
                                name,
                                median(figures),
                                figures.stream().min(Double::compare).orElseThrow(),
                                figures.stream().max(Double::compare).orElseThrow(),
                                figures.size(),
                                disturbed.getOrDefault(column(what, name), 0)))));
        return table.toString();
    }
}
