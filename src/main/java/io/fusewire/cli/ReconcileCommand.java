package io.fusewire.cli;

import io.fusewire.config.Secrets;
import io.fusewire.config.Settings;
import io.fusewire.config.StoreConfig;
import io.fusewire.runtime.Clocks;
import io.fusewire.store.Reconciliation;
import io.fusewire.store.Store;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Reconciles the store that the settings name, and shows the account. Exit codes: 0 when they
 * balance, else 1.
 */
@Command(
        name = "reconcile",
        description = {
            "Shows whether everything in the store is accounted for: every accepted event, every alert.",
            "It reads the whole store, also while a gateway runs."
        },
        exitCodeList = {"0:all is accounted for", "1:something is not, or there is no store"})
public final class ReconcileCommand implements Callable<Integer> {
    private static final String LINE = "%-12s %10s %10s %10s %10s %10s %10s %10s%n";
    private static final String[] STATES = {"delivered", "suppressed", "dead", "discarded", "waiting"};

    private final PrintStream out;

    public ReconcileCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Settings settings = Settings.here();
        try (Store store = new StoreConfig(settings, new Secrets(settings))
                .look(Clocks.ofTheMachine().steady())) {
            Reconciliation.Balance balance = new Reconciliation(store).verify();
            print(balance);
            return balance.holds() ? 0 : 1;
        }
    }

    private void print(Reconciliation.Balance balance) {
        out.printf("accepted %d: decided %d, pending %d%n", balance.accepted(), balance.decided(), balance.undecided());
        out.printf(LINE, "sink", "delivered", "suppressed", "dead", "discarded", "waiting", "not wanted", "pending");
        for (String sink : balance.sinks().keySet()) {
            Object[] cells = new Object[8];
            cells[0] = sink;
            for (int i = 0; i < STATES.length; i++) {
                cells[i + 1] = balance.count(sink, STATES[i]);
            }
            cells[6] = balance.notWanted(sink);
            cells[7] = balance.undecided();
            out.printf(LINE, cells);
        }
        if (balance.holds()) {
            out.println("Everything is accounted for.");
        } else {
            out.println(balance.difference() + " unaccounted for.");
            balance.faults().forEach(fault -> out.println("  event " + fault));
        }
    }
}
