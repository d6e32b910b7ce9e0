package io.fusewire.runtime;

import io.fusewire.delivery.SinkSetting;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.event.Plural;
import io.fusewire.poll.client.Feed;
import io.fusewire.poll.client.PollSettings;
import io.fusewire.store.Backlog;
import io.fusewire.store.Deliveries.Destinations;
import io.fusewire.store.Deliveries.Destinations.Held;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the log says of a start: what runs, by which files, on which store, who is heard and who is told. */
final class StartSummary {
    /** The line that is a warning. */
    static final String NOBODY = "Sinks that are on: none, so nobody is told of anything.";

    private static final int MOST_ADDRESSES = 5;

    private final Setup setup;
    private final List<String> lines = new ArrayList<>();

    private StartSummary(Setup setup) {
        this.setup = setup;
    }

    /** A line for each thing that somebody who is called at night would ask first. */
    static List<String> of(
            Setup setup,
            List<SinkSetting> sinks,
            Collection<String> rules,
            Backlog backlog,
            Destinations destinations) {
        StartSummary summary = new StartSummary(setup);
        summary.place();
        summary.stored(backlog, destinations);
        summary.sources();
        summary.lines.add(rules.isEmpty() ? "Rules: none." : "Rules: " + String.join(", ", rules) + ".");
        summary.sinks(sinks);
        if (!setup.management().isEmpty()) {
            summary.lines.add("Health, metrics and admin: " + setup.management() + "; admin is "
                    + (setup.admin() ? "on." : "off, since fusewire.admin.token is not set."));
        }
        return summary.lines;
    }

    private void place() {
        lines.add("Fusewire " + setup.version() + " on Java " + Runtime.version() + ", process "
                + ProcessHandle.current().pid()
                + (setup.profile().isEmpty() ? "." : ", profile " + setup.profile() + "."));
        lines.add("Configuration: " + setup.folder()
                + (setup.files().isEmpty()
                        ? " (it holds neither properties nor routes; what is built in is in force)."
                        : " (" + String.join(", ", setup.files()) + ")."));
        lines.add("Store: " + setup.store() + "; finished events are kept " + setup.kept() + ".");
    }

    private void stored(Backlog backlog, Destinations destinations) {
        try {
            waiting(backlog.counts());
            resting(destinations.held());
        } catch (StoreUnavailableException e) {
            lines.add("In the store: it does not answer now.");
        }
    }

    private void waiting(Backlog.Counts counts) {
        long deliveries = counts.all() - counts.events();
        long open =
                counts.incidents().values().stream().mapToLong(Long::longValue).sum();
        if (counts.all() + counts.dead().size() + open > 0) {
            lines.add("In the store: " + Plural.of(counts.events(), "event waits", "events wait")
                    + " for their rules, " + Plural.of(deliveries, "delivery waits", "deliveries wait")
                    + (counts.later() > 0 ? ", " + counts.later() + " of them not due yet" : "")
                    + (counts.oldest().toSeconds() > 0 ? " (the oldest " + time(counts.oldest()) + ")" : "")
                    + ", " + Plural.of(open, "incident is open", "incidents are open") + ", dead letters: "
                    + (counts.dead().isEmpty() ? "none" : byName(counts.dead())) + ".");
        }
    }

    private void resting(List<Held> held) {
        held.stream()
                .limit(MOST_ADDRESSES)
                .map(one -> "Sink " + one.sink() + ": its address " + one.destination() + " still rests until "
                        + one.until().truncatedTo(ChronoUnit.SECONDS) + ": " + one.reason())
                .forEach(lines::add);
        if (held.size() > MOST_ADDRESSES) {
            lines.add((held.size() - MOST_ADDRESSES) + " more addresses still rest, which status lists.");
        }
    }

    private void sources() {
        if (setup.webhooks().isEmpty()) {
            lines.add("Webhooks: none arrive here; events come by direct:accept.");
        } else if (setup.sources().isEmpty()) {
            lines.add("Webhooks: all are refused, since no source has secrets.");
        } else {
            lines.add("Webhooks: " + setup.webhooks() + (setup.webhooks().startsWith("http:") ? "" : " at ")
                    + setup.sources().stream()
                            .map(source -> Setup.path(source) + " (source " + source + ")")
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        lines.add(
                setup.polls().isEmpty()
                        ? "Polls: none."
                        : "Polls: "
                                + setup.polls().stream().map(StartSummary::poll).collect(Collectors.joining("; "))
                                + ".");
    }

    private static String poll(PollSettings poll) {
        String feeds = poll.fetch().stream().map(Feed::word).collect(Collectors.joining(", "));
        return poll.name() + " asks " + poll.base() + " for " + feeds + " every " + time(poll.interval())
                + " as source " + poll.source();
    }

    private void sinks(List<SinkSetting> sinks) {
        states(sinks, "on", "Sinks that are on: ");
        states(sinks, "prints", "Sinks that only print what they would send: ");
        states(sinks, "off", "Sinks that are off: ");
    }

    private void states(List<SinkSetting> sinks, String state, String title) {
        String names = sinks.stream()
                .filter(sink -> sink.state().equals(state))
                .map(sink -> sink.sink() + " (" + sink.why() + ")")
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            lines.add(title + names + ".");
        } else if (state.equals("on")
                && sinks.stream().noneMatch(sink -> sink.state().equals("prints"))) {
            lines.add(NOBODY);
        }
    }

    private static String byName(Map<String, Long> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** As properties are written: {@code 90s} is {@code 1m30s}. */
    static String time(Duration time) {
        Duration whole = Duration.ofSeconds(time.toSeconds());
        return whole.isZero()
                ? "0s"
                : part(whole.toDaysPart(), "d")
                        + part(whole.toHoursPart(), "h")
                        + part(whole.toMinutesPart(), "m")
                        + part(whole.toSecondsPart(), "s");
    }

    private static String part(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }
}
