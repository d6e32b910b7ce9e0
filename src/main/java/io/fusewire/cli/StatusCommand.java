package io.fusewire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.config.Settings;
import io.fusewire.event.Plural;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;

/** Shows how the running gateway does, as its admin tells it. */
@Command(
        description = {
            "Shows how the running gateway does: health, backlog, incidents, sources, sinks and polls.",
            "It asks the gateway that runs on this machine, with fusewire.admin.token."
        },
        exitCodeList = {"0:it is alive and ready", "1:it is not, or there is no gateway, or another token"})
final class StatusCommand extends AdminCommand {
    private static final int TITLE = 11;

    private final InstantSource clock;

    StatusCommand() {
        this(Settings::here, InstantSource.system());
    }

    /** @param clock what times are told before */
    StatusCommand(Supplier<Settings> settings, InstantSource clock) {
        super("status", settings);
        this.clock = clock;
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        JsonNode told = ask("GET", "");
        JsonNode health = told.path("health");
        line(
                "fusewire",
                told.path("version").asText() + ", runs since "
                        + ago(told.path("since").asText()));
        line(
                "health",
                "live " + health.path("live").asText() + ", ready "
                        + health.path("ready").asText());
        health.path("reasons").forEach(reason -> line("", reason.asText()));
        if (told.has("unavailable")) {
            line("", told.path("unavailable").asText());
        }
        line("config", told.path("config").asText());
        line("store", told.path("store").asText());
        line("webhooks", told.path("webhooks").asText());
        line("refused", refused(told.path("refused")));
        if (told.has("backlog")) {
            line("backlog", backlog(told.path("backlog")));
            line("incidents", incidents(told.path("incidents")));
            line("silences", told.path("silences").asText() + " in force");
        }
        table("sources", told.path("sources"), this::source);
        table("sinks", told.path("sinks"), this::sink);
        table("polls", told.path("polls"), StatusCommand::poll);
        boolean well = health.path("live").asText().equals("UP")
                && health.path("ready").asText().equals("UP");
        return well ? 0 : 1;
    }

    private void line(String title, String text) {
        out.println(("%-" + TITLE + "s%s").formatted(title, text));
    }

    private interface Row {
        List<String> of(JsonNode one);
    }

    /** Names in a column; what else there is of one on lines of its own. */
    private void table(String title, JsonNode all, Row row) {
        int widest = StreamSupport.stream(all.spliterator(), false)
                .mapToInt(one -> one.path("name").asText().length())
                .max()
                .orElse(0);
        if (widest == 0) {
            line(title, "none");
        }
        String first = title;
        for (JsonNode one : all) {
            String name = one.path("name").asText();
            for (String text : row.of(one)) {
                line(first, ("%-" + widest + "s  %s").formatted(name, text));
                first = "";
                name = "";
            }
        }
    }

    private static String refused(JsonNode counts) {
        String all = counts.properties().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
        return (all.isEmpty() ? "none" : all) + " since it runs";
    }

    private static String backlog(JsonNode backlog) {
        long later = backlog.path("deliveriesNotDue").asLong();
        return Plural.of(backlog.path("events").asLong(), "event waits", "events wait") + " for their rules"
                + oldest(backlog, "oldestEventSeconds") + ", "
                + Plural.of(backlog.path("deliveries").asLong(), "delivery waits", "deliveries wait")
                + (later > 0 ? ", " + later + " of them not due yet" : "") + oldest(backlog, "oldestDeliverySeconds")
                + ", " + dead(backlog);
    }

    private static String oldest(JsonNode backlog, String name) {
        long seconds = backlog.path(name).asLong();
        return seconds == 0 ? "" : " (the oldest " + time(Duration.ofSeconds(seconds)) + ")";
    }

    private static String dead(JsonNode of) {
        return Plural.of(of.path("deadLetters").asLong(), "dead letter", "dead letters");
    }

    private static String incidents(JsonNode incidents) {
        String open = StreamSupport.stream(incidents.spliterator(), false)
                .map(one ->
                        one.path("open").asText() + " of " + one.path("rule").asText() + " ("
                                + one.path("severity").asText() + ")")
                .collect(Collectors.joining(", "));
        return open.isEmpty() ? "none is open" : "open: " + open;
    }

    private List<String> source(JsonNode source) {
        return List.of((source.has("last")
                        ? "last event " + ago(source.path("last").asText())
                        : "no event among the newest 10,000")
                + (source.has("webhook") ? ", at " + source.path("webhook").asText() : ""));
    }

    private List<String> sink(JsonNode sink) {
        List<String> lines = new ArrayList<>();
        String state = sink.path("state").asText();
        lines.add((state.equals("on") ? "on" : state + ", " + sink.path("why").asText())
                + (sink.has("waiting") ? ", " + sink.path("waiting").asText() + " waiting, " + dead(sink) : "")
                + (sink.has("lastDelivery")
                        ? ", last delivery " + ago(sink.path("lastDelivery").asText())
                        : ""));
        sink.path("resting")
                .forEach(rests -> lines.add("%s rests until %s: %s"
                        .formatted(
                                rests.path("destination").asText(),
                                rests.path("until").asText(),
                                rests.path("reason").asText())));
        return lines;
    }

    private static List<String> poll(JsonNode poll) {
        List<String> lines = new ArrayList<>();
        List<String> lag = new ArrayList<>();
        String begun = poll.has("trouble") ? "nothing is fetched" : "another gateway polls, or it has not begun";
        poll.path("lagSeconds")
                .properties()
                .forEach(feed -> lag.add(feed.getKey() + " up to "
                        + time(Duration.ofSeconds(feed.getValue().asLong())) + " before now"));
        lines.add(poll.path("base").asText() + " as source "
                + poll.path("source").asText() + ": " + (lag.isEmpty() ? begun : String.join(", ", lag)));
        if (poll.has("trouble")) {
            lines.add(poll.path("trouble").asText());
        }
        return lines;
    }

    private String ago(String instant) {
        Duration past = Duration.between(Instant.parse(instant), clock.instant());
        return instant + " (" + time(past.isNegative() ? Duration.ZERO : past) + " ago)";
    }

    /** Two units are enough to tell how long: {@code 2d 3h}, {@code 4m 5s}. */
    private static String time(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + "d " + time.toHoursPart() + "h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + "h " + time.toMinutesPart() + "m";
        }
        return (time.toMinutes() > 0 ? time.toMinutes() + "m " : "") + time.toSecondsPart() + "s";
    }
}
