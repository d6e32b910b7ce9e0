package io.fusewire;

import io.fusewire.store.Journal;
import io.fusewire.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/** Shows what became of an event that was kept, and what the rules in force would make of it. */
final class Why {
    private Why() {}

    /** The exit code: 0 when the store holds the event. */
    static int event(String idOrKey, PrintStream out) throws IOException {
        Settings settings = Settings.here();
        Optional<Journal.Told> found;
        try (Store store = new Stores(settings, new Secrets(settings))
                .look(Clocks.ofTheMachine().steady())) {
            found = new Journal(store).find(idOrKey);
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
        try (DryRun dry = new DryRun(Locations.configFolder(Map.of()))) {
            Explain.show(
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
