package io.fusewire.cli;

import io.fusewire.config.PropertySources;
import io.fusewire.config.Secrets;
import io.fusewire.config.Settings;
import io.fusewire.config.StoreConfig;
import io.fusewire.runtime.Clocks;
import io.fusewire.runtime.DryRun;
import io.fusewire.store.EventHistory;
import io.fusewire.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Shows what became of an event that was kept, and what the rules in force would make of it. Exit codes: 0 when the
 * store holds the event, else 1.
 */
@Command(
        name = "why",
        description = {
            "Shows what became of a stored event at each sink, and why.",
            "Then it shows what the rules in force now would make of it."
        },
        exitCodeList = {"0:the store holds the event", "1:it does not, or there is no store"})
public final class WhyCommand implements Callable<Integer> {
    private final PrintStream out;

    @Parameters(paramLabel = "EVENT", description = "Its number or its key.")
    private String idOrKey;

    public WhyCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = Settings.here();
        Optional<EventHistory.Told> found;
        try (Store store = new StoreConfig(settings, new Secrets(settings))
                .look(Clocks.ofTheMachine().steady())) {
            found = new EventHistory(store).find(idOrKey);
        }
        if (found.isEmpty()) {
            out.println("The store holds no event '" + idOrKey
                    + "': it never came, was refused, or ended so long ago that it was removed.");
            return 1;
        }
        found.get().lines().forEach(out::println);
        try (DryRun dry = new DryRun(PropertySources.configFolder(Map.of()))) {
            ExplainCommand.show(
                    dry,
                    "by the rules in force now",
                    found.get().event().body(),
                    found.get().event().source(),
                    out);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
        }
        return 0;
    }
}
