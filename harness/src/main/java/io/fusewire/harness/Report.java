package io.fusewire.harness;

import java.util.ArrayList;
import java.util.List;

/** The table at the end: a line for each scenario and store. */
final class Report {
    private static final String LINE = "%-16s %-10s %7s %6s %9s %8s %6s  %-8s %s";
    private static final int NAMED = 20;

    private final List<String> lines = new ArrayList<>();
    private boolean kept = true;

    /**
     * What came of one scenario on one store.
     *
     * @param kept whether its promise was kept, or could not be tried here
     */
    record Part(List<String> lines, boolean kept) {}

    Report() {
        lines.add(LINE.formatted("scenario", "store", "200s", "lost", "doubled", "slowest", "took", "", "what else"));
    }

    void add(Part part) {
        lines.addAll(part.lines());
        kept &= part.kept();
    }

    /** @param faults what broke the promise; none where it was kept */
    static Part finished(
            Scenario scenario, ScenarioContext context, Verdict verdict, List<String> faults, double seconds) {
        List<String> lines = new ArrayList<>();
        lines.add(LINE.formatted(
                scenario.name(),
                context.store,
                context.history.accepted().size(),
                verdict.lost().size(),
                verdict.doubled() + " of " + context.allowedDuplicates(),
                "%.1f s".formatted(verdict.slowest() / 1_000.0),
                "%.0f s".formatted(seconds),
                faults.isEmpty() ? "kept" : "BROKEN",
                String.join("; ", context.figures())));
        faults.forEach(fault -> lines.add("    " + fault));
        if (!verdict.lost().isEmpty()) {
            List<String> named =
                    verdict.lost().subList(0, Math.min(NAMED, verdict.lost().size()));
            lines.add("    lost: " + String.join(", ", named)
                    + (named.size() < verdict.lost().size() ? ", …" : ""));
        }
        return new Part(lines, faults.isEmpty());
    }

    static Part skipped(Scenario scenario, StoreKind store, String why) {
        return new Part(List.of(LINE.formatted(scenario.name(), store, "", "", "", "", "", "skipped", why)), true);
    }

    static Part failed(Scenario scenario, StoreKind store, Exception why) {
        return new Part(List.of(LINE.formatted(scenario.name(), store, "", "", "", "", "", "BROKEN", why)), false);
    }

    /** Whether every promise was kept. */
    boolean isKept() {
        return kept;
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
