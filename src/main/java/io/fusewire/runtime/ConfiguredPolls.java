package io.fusewire.runtime;

import io.fusewire.config.Settings;
import io.fusewire.event.EventReader;
import io.fusewire.message.Templates;
import io.fusewire.metrics.Gauges;
import io.fusewire.poll.client.Feed;
import io.fusewire.poll.client.Poll;
import io.fusewire.poll.client.PollSettings;
import io.fusewire.store.Inbox;
import io.fusewire.store.NodeLeases;
import io.fusewire.store.PollCursors;
import io.fusewire.store.Store;
import java.nio.file.Path;
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

    /** Templates whose links lead to the pages of each source's Langfuse. */
    Templates templates(Settings all, InstantSource clock) {
        Map<String, String> bases = settings.stream()
                .collect(Collectors.toMap(
                        PollSettings::source, poll -> poll.base().toString(), (one, other) -> one));
        return new Templates(
                Path.of(all.get("fusewire.config-folder")),
                all.get("langfuse.base-url"),
                bases,
                clock.withZone(all.zone("rules.time-zone")));
    }

    static void watch(Poll poll, Gauges gauges) {
        String name = poll.settings().name();
        gauges.watchPoll(name, poll::budgetLeft);
        for (Feed feed : poll.settings().fetch()) {
            gauges.watchFeed(name, feed.word(), () -> poll.lag(feed)
                    .map(Duration::toSeconds)
                    .map(Number.class::cast)
                    .orElse(Double.NaN));
        }
    }
}
