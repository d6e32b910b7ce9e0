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

/** Shows what became of an event that was kept, and what the rules in force would make of it. */
public final class WhyCommand {
    private WhyCommand() {}

    /** The exit code: 0 when the store holds the event. */
    public static int event(String idOrKey, PrintStream out) throws IOException {
        Settings settings = Settings.here();
        Optional<EventHistory.Told> found;
        try (Store store = new StoreConfig(settings, new Secrets(settings))
                .look(Clocks.ofTheMachine().steady())) {
            found = new EventHistory(store).find(idOrKey);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return 1;
        }
        if (found.isEmpty()) {
            out.println("The store holds no event '" + idOrKey
                    + "': it never came, was refused, or ended so long ago that" + " it was removed.");
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
