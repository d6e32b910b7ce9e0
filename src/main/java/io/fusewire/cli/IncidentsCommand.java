package io.fusewire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.config.Settings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an operator does with incidents, asked of the running gateway's admin. */
@Command(
        description = {
            "Shows the incidents, acknowledges, silences or closes one; without a command it lists the open ones.",
            "It asks the gateway that runs on this machine, with fusewire.admin.token."
        },
        exitCodeList = {"0:it is done", "1:no gateway, another token, no such incident, or it is refused"})
final class IncidentsCommand extends AdminCommand {
    private static final int PAGE = 1_000;
    private static final String SELF = "${sys:user.name}";

    IncidentsCommand() {
        this(Settings::here);
    }

    IncidentsCommand(Supplier<Settings> settings) {
        super("incidents", settings);
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        return list(false);
    }

    @Command(description = "Lists those that are open, newest first.")
    int list(@Option(names = "--all", description = "Those that are closed too.") boolean all)
            throws CommandException, InterruptedException {
        String query = "?limit=" + PAGE + (all ? "" : "&state=open");
        JsonNode page = ask("GET", query);
        if (page.path("incidents").isEmpty()) {
            out.println("There are no " + (all ? "" : "open ") + "incidents.");
        }
        page.path("incidents").forEach(incident -> out.println(line(incident)));
        while (page.has("next")) {
            page = ask("GET", query + "&before=" + page.path("next"));
            page.path("incidents").forEach(incident -> out.println(line(incident)));
        }
        return 0;
    }

    @Command(description = "Shows one with its newest events, and what each sink was told.")
    int show(@Parameters(paramLabel = "ID", description = "Its number in the list.") long id)
            throws CommandException, InterruptedException {
        JsonNode incident = ask("GET", "/" + id);
        out.println(line(incident));
        if (incident.has("by") || incident.has("why")) {
            out.println("  %s%s%s"
                    .formatted(
                            incident.path("reason").asText().equals("by-hand") ? "closed" : "acknowledged",
                            incident.has("by") ? " by " + incident.path("by").asText() : "",
                            incident.has("why") ? ": " + incident.path("why").asText() : ""));
        }
        incident.path("texts")
                .forEach(text -> out.println("  " + text.path("count").asText() + " x "
                        + text.path("text").asText()));
        incident.path("sinks")
                .forEach(sink -> out.println("  %s: %s, told of %s%s%s"
                        .formatted(
                                sink.path("sink").asText(),
                                sink.path("state").asText(),
                                sink.path("told").asText(),
                                sink.has("due") ? ", due " + sink.path("due").asText() : "",
                                sink.has("reason") ? "; " + sink.path("reason").asText() : "")));
        incident.path("events")
                .forEach(event -> out.println("  event " + event.path("id").asText() + " "
                        + event.path("received").asText() + " "
                        + event.path("event").asText()));
        return 0;
    }

    @Command(description = "Says that somebody works on one: it is not told again that it is open.")
    int acknowledge(
            @Parameters(paramLabel = "ID", description = "Its number in the list.") long id,
            @Option(names = "--by", paramLabel = "WHO", defaultValue = SELF, description = "Who does.") String by,
            @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "Why.") String why)
            throws CommandException, InterruptedException {
        ask("POST", "/" + id + "/acknowledge" + query("by", by, "why", why));
        out.println("Incident " + id + " is acknowledged.");
        return 0;
    }

    @Command(description = "Holds one and what joins it back for a time, by a silence of its rule, source and group.")
    int silence(
            @Parameters(paramLabel = "ID", description = "Its number in the list.") long id,
            @Option(names = "--for", paramLabel = "DURATION", description = "How long: 30m, 2h, 7d.") String lasting,
            @Option(names = "--until", paramLabel = "TIME", description = "When it ends: 2026-11-30T08:00:00Z.")
                    String until,
            @Option(names = "--by", paramLabel = "WHO", defaultValue = SELF, description = "Who does.") String by,
            @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why.") String why)
            throws CommandException, InterruptedException {
        JsonNode made =
                ask("POST", "/" + id + "/silence" + query("by", by, "why", why, "for", lasting, "until", until));
        out.println("Incident " + id + " is held by silence " + made.path("id").asText() + " until "
                + made.path("until").asText() + ".");
        return 0;
    }

    @Command(description = "Closes one, and tells the sinks that were told of it.")
    int close(
            @Parameters(paramLabel = "ID", description = "Its number in the list.") long id,
            @Option(names = "--by", paramLabel = "WHO", defaultValue = SELF, description = "Who does.") String by,
            @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "Why.") String why)
            throws CommandException, InterruptedException {
        ask("POST", "/" + id + "/close" + query("by", by, "why", why));
        out.println("Incident " + id + " is closed.");
        return 0;
    }

    /** Those of some names and their values that have one. */
    private static String query(String... given) {
        return IntStream.range(0, given.length / 2)
                .filter(i -> given[2 * i + 1] != null && !given[2 * i + 1].isEmpty())
                .mapToObj(i -> given[2 * i] + "=" + URLEncoder.encode(given[2 * i + 1], StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String line(JsonNode incident) {
        StringBuilder group = new StringBuilder();
        incident.path("group").properties().forEach(label -> group.append(group.isEmpty() ? "" : ", ")
                .append(label.getKey())
                .append('=')
                .append(label.getValue().asText()));
        return "%s  %s %s, %s since %s, last %s, rule %s (%s): %s%s"
                .formatted(
                        incident.path("id").asText(),
                        incident.path("state").asText(),
                        incident.path("severity").asText(),
                        incident.path("count").asText()
                                + (incident.path("count").asLong() == 1 ? " alert" : " alerts"),
                        incident.path("since").asText(),
                        incident.path("last").asText(),
                        incident.path("rule").asText(),
                        incident.path("source").asText(),
                        group,
                        incident.has("held")
                                ? "; held: " + incident.path("held").asText()
                                : "");
    }
}
