package io.fusewire.runtime;

import io.fusewire.event.EventReader;
import io.fusewire.metrics.Meters;
import io.fusewire.poll.client.Feed;
import io.fusewire.poll.client.Poll;
import io.fusewire.poll.client.PollSettings;
import io.fusewire.store.Inbox;
import io.fusewire.store.NodeLeases;
import io.fusewire.store.PollCursors;
import io.fusewire.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The polls that the settings describe, over one store. */
record ConfiguredPolls(List<PollSettings> settings) {

    List<Poll> over(Store store, Inbox inbox, EventReader reader, InstantSource clock) {
        NodeLeases leases = new NodeLeases(store);
        PollCursors cursors = new PollCursors(store);
        return settings.stream()
                .map(project ->
                        new Poll(project, leases, cursors, reader, key -> inbox.find(project.source(), key), clock))
                .toList();
    }

    /** The addresses of Langfuse's pages, by the sources that have one of their own. */
    Map<String, String> bases() {
        return settings.stream()
                .collect(Collectors.toMap(
                        PollSettings::source, poll -> poll.base().toString(), (one, other) -> one));
    }

    static void watch(Poll poll, Meters meters) {
        String name = poll.settings().name();
        meters.watchPoll(name, poll::budgetLeft);
        for (Feed feed : poll.settings().fetch()) {
            meters.watchFeed(name, feed.word(), () -> poll.lag(feed)
                    .map(Duration::toSeconds)
                    .map(Number.class::cast)
                    .orElse(Double.NaN));
        }
    }
}
