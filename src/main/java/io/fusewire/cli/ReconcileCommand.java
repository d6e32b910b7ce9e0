package io.fusewire.cli;

import io.fusewire.store.Reconciliation;
import io.fusewire.store.Store;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Reconciles the store that the settings name, and shows the account. */
@Command(
        description = {
            "Shows whether everything in the store is accounted for: every accepted event, every alert.",
            "It reads the whole store, also while a gateway runs."
        },
        exitCodeList = {"0:all is accounted for", "1:something is not, or there is no store"})
final class ReconcileCommand extends GatewayCommand {
    private static final String PRINTED = "printed";
    private static final List<String> OF_MESSAGES =
            List.of("delivered", PRINTED, "suppressed", "dead", "discarded", "waiting");
    private static final List<String> OF_ALERTS =
            List.of("told", PRINTED, "suppressed", "dead", "discarded", "waiting", "late");

    @Override
    public Integer call() {
        try (Store store = store()) {
            Reconciliation.Balance balance = new Reconciliation(store).verify();
            print(balance);
            return balance.holds() ? 0 : 1;
        }
    }

    private void print(Reconciliation.Balance balance) {
        out.printf(
                "accepted %d: decided %d, of them not wanted by any rule %d, pending %d%n",
                balance.accepted(), balance.decided(), balance.notWanted(), balance.undecided());
        table("messages", OF_MESSAGES, balance.sinks());
        if (!balance.told().isEmpty()) {
            out.printf(
                    "incidents: open %d, closed %d%n",
                    balance.incidents().open(), balance.incidents().closed());
            table("their alerts", OF_ALERTS, balance.told());
        }
        if (balance.holds()) {
            out.println("Everything is accounted for.");
        } else {
            out.println(balance.difference() + " unaccounted for.");
            balance.faults().forEach(fault -> out.println("  " + fault));
        }
    }

    private void table(String title, List<String> all, Map<String, Map<String, Long>> counts) {
        // Nothing is printed but in the dev profile.
        List<String> states = all.stream()
                .filter(state ->
                        !state.equals(PRINTED) || counts.values().stream().anyMatch(some -> some.containsKey(PRINTED)))
                .toList();
        out.println(line(title, states));
        counts.forEach((sink, some) -> out.println(line(
                sink, states.stream().map(state -> some.getOrDefault(state, 0L)).toList())));
    }

    private static String line(String first, List<?> cells) {
        return "%-12s".formatted(first) + cells.stream().map("%11s"::formatted).collect(Collectors.joining());
    }
}
