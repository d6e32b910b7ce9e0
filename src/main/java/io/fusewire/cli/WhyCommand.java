package io.fusewire.cli;

import io.fusewire.event.EventReader;
import io.fusewire.rules.Explainer;
import io.fusewire.runtime.DryRun;
import io.fusewire.store.EventFilter;
import io.fusewire.store.EventHistory;
import io.fusewire.store.EventSearch;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what became of an event that was kept, and what the rules in force would make of it. */
@Command(
        description = {
            "Shows what became of a stored event, or of those of a trace, at each sink, and why: first in a sentence.",
            "Then it shows what the rules in force now would make of it."
        },
        exitCodeList = {"0:the store holds the event", "1:it does not, or there is no store"})
final class WhyCommand extends GatewayCommand {
    private static final int MOST = 20;

    @Parameters(paramLabel = "EVENT", description = "Its number, its key, or its trace.")
    private String wanted;

    @Override
    public Integer call() throws IOException {
        try (Store store = store()) {
            List<EventHistory.Told> found = new EventHistory(store).find(wanted);
            if (found.isEmpty()) {
                return ofTrace(store);
            }
            show(found);
            explain(found, store);
            return 0;
        }
    }

    /** A trace may have many; what the rules make of them is told where it has one. */
    private int ofTrace(Store store) throws IOException {
        EventSearch search = new EventSearch(store, new EventReader(), System::nanoTime);
        List<EventHistory.Told> found = new ArrayList<>();
        Long next = Long.MAX_VALUE;
        while (next != null && found.size() <= MOST) {
            EventSearch.Page page = search.find(EventFilter.ofTrace(wanted), next, MOST + 1 - found.size());
            page.events().forEach(one -> found.add(one.told()));
            next = page.next();
        }
        show(found.stream().limit(MOST).toList());
        if (found.isEmpty()) {
            out.println(
                    "The store holds no event '" + wanted + "', nor one of such a trace: it never came, was refused,"
                            + " or ended so long ago that it was removed.");
            return 1;
        }
        if (found.size() == 1) {
            explain(found, store);
        } else {
            out.println(
                    found.size() > MOST
                            ? "There are older ones, which events --trace lists."
                            : "These are all of the trace; asked for one's number, why tells also what the rules now make of it.");
        }
        return 0;
    }

    /** First what became of each, in a sentence. */
    private void show(List<EventHistory.Told> found) {
        found.forEach(told -> out.println(told.sentence()));
        found.forEach(told -> told.lines().forEach(out::println));
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
