package io.fusewire.cli;

import io.fusewire.rules.Explainer;
import io.fusewire.runtime.DryRun;
import io.fusewire.store.EventHistory;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.Store;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what became of an event that was kept, and what the rules in force would make of it. */
@Command(
        description = {
            "Shows what became of a stored event at each sink, and why.",
            "Then it shows what the rules in force now would make of it."
        },
        exitCodeList = {"0:the store holds the event", "1:it does not, or there is no store"})
final class WhyCommand extends GatewayCommand {
    @Parameters(paramLabel = "EVENT", description = "Its number or its key.")
    private String idOrKey;

    @Override
    public Integer call() throws IOException {
        try (Store store = store()) {
            List<EventHistory.Told> found = new EventHistory(store).find(idOrKey);
            if (found.isEmpty()) {
                out.println("The store holds no event '" + idOrKey
                        + "': it never came, was refused, or ended so long ago that it was removed.");
                return 1;
            }
            found.forEach(told -> told.lines().forEach(out::println));
            explain(found, store);
            return 0;
        }
    }

    private void explain(List<EventHistory.Told> found, Store store) throws IOException {
        try (DryRun dry = dryRun()) {
            Explainer explainer = dry.explainer().with(store);
            for (EventHistory.Told told : found) {
                StoredEvent event = told.event();
                ExplainCommand.show(explainer, "by the rules in force now", event.body(), event.source(), out);
            }
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
        }
    }
}
