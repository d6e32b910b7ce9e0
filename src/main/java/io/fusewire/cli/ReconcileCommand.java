package io.fusewire.cli;

import io.fusewire.store.Reconciliation;
import io.fusewire.store.Store;
import picocli.CommandLine.Command;

/** Reconciles the store that the settings name, and shows the account. */
@Command(
        description = {
            "Shows whether everything in the store is accounted for: every accepted event, every alert.",
            "It reads the whole store, also while a gateway runs."
        },
        exitCodeList = {"0:all is accounted for", "1:something is not, or there is no store"})
final class ReconcileCommand extends GatewayCommand {
    private static final String LINE = "%-12s %10s %10s %10s %10s %10s %10s %10s%n";

    @Override
    public Integer call() {
        try (Store store = store()) {
            Reconciliation.Balance balance = new Reconciliation(store).verify();
            print(balance);
            return balance.holds() ? 0 : 1;
        }
    }

    private void print(Reconciliation.Balance balance) {
        out.printf("accepted %d: decided %d, pending %d%n", balance.accepted(), balance.decided(), balance.undecided());
        out.printf(LINE, "sink", "delivered", "suppressed", "dead", "discarded", "waiting", "not wanted", "pending");
        for (String sink : balance.sinks().keySet()) {
            out.printf(
                    LINE,
                    sink,
                    balance.count(sink, "delivered"),
                    balance.count(sink, "suppressed"),
                    balance.count(sink, "dead"),
                    balance.count(sink, "discarded"),
                    balance.count(sink, "waiting"),
                    balance.notWanted(sink),
                    balance.undecided());
        }
        if (balance.holds()) {
            out.println("Everything is accounted for.");
        } else {
            out.println(balance.difference() + " unaccounted for.");
            balance.faults().forEach(fault -> out.println("  event " + fault));
        }
    }
}
