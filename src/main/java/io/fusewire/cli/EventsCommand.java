package io.fusewire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.error.InvalidRequestException;
import io.fusewire.event.EventReader;
import io.fusewire.store.EventPages;
import io.fusewire.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists stored events, which {@code why} is then asked about. */
@Command(
        description = {
            "Lists the newest stored events that fit, newest first, with what became of each.",
            "It reads the store, also while a gateway runs."
        },
        exitCodeList = {"0:it is done", "1:there is no store", "2:it was called wrongly"})
final class EventsCommand extends GatewayCommand {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> LABELS = List.of("source", "project", "trace", "name", "error");

    @Option(names = "--type", paramLabel = "TYPE", description = "Only of this type, such as trace.updated.")
    private String type;

    @Option(names = "--source", paramLabel = "NAME", description = "Only those that entered by this source.")
    private String source;

    @Option(names = "--project", paramLabel = "ID", description = "Only of this project of Langfuse's.")
    private String project;

    @Option(names = "--trace", paramLabel = "ID", description = "Only of this trace.")
    private String trace;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Only of this name, of a trace, score, prompt or monitor.")
    private String name;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Only those whose body holds this, in capitals or not.")
    private String text;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only those that came since: 2026-11-30T08:00:00Z, or 2h for two hours ago.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only those that came until then.")
    private String until;

    @Option(names = "--before", paramLabel = "NUMBER", description = "Only those with a smaller number: the next page.")
    private Long before;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "20",
            description = "At most so many; 20 without it.")
    private int limit;

    @Override
    public Integer call() throws CommandException {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("type", type);
        asked.put("source", source);
        asked.put("project", project);
        asked.put("trace", trace);
        asked.put("name", name);
        asked.put("text", text);
        asked.put("since", since);
        asked.put("until", until);
        asked.put("before", before);
        try (Store store = store()) {
            list(new EventPages(store, new EventReader()), asked);
            return 0;
        } catch (InvalidRequestException e) {
            throw new CommandException(2, e.getMessage());
        }
    }

    /** A page may end before it is full, so that no gateway searches for long; here nothing is in a hurry. */
    private void list(EventPages events, Map<String, Object> asked) {
        int left = Math.max(1, limit);
        JsonNode page;
        do {
            asked.put("limit", left);
            page = JSON.valueToTree(events.list(asked));
            page.path("events").forEach(this::print);
            left -= page.path("events").size();
            asked.put("before", page.path("next").asText());
        } while (left > 0 && page.has("next"));
        if (left == Math.max(1, limit)) {
            out.println("There are no such events.");
        } else if (page.has("next")) {
            out.println("Older ones: --before " + page.path("next").asText());
        }
    }

    private void print(JsonNode event) {
        out.println("%s  %s  %s, %s"
                .formatted(
                        event.path("id").asText(),
                        event.path("received").asText(),
                        event.path("type").asText(),
                        LABELS.stream()
                                .filter(event::has)
                                .map(label -> label + "=" + event.path(label).asText())
                                .collect(Collectors.joining(", "))));
        Map<String, String> rules = new LinkedHashMap<>();
        event.path("alerts")
                .forEach(alert -> rules.merge(rule(alert), sink(alert), (one, other) -> one + ", " + other));
        if (!event.path("decided").asBoolean()) {
            out.println("    it waits for its rules");
        } else if (rules.isEmpty()) {
            out.println("    no rule sent it anywhere");
        }
        rules.forEach((rule, sinks) -> out.println("    " + rule + ": " + sinks));
    }

    private static String rule(JsonNode alert) {
        return alert.path("rule").asText() + " (" + alert.path("severity").asText() + ")"
                + (alert.has("incident")
                        ? ", incident " + alert.path("incident").asText()
                        : "");
    }

    private static String sink(JsonNode alert) {
        return alert.has("sink")
                ? alert.path("sink").asText() + " " + state(alert)
                        + (alert.has("reason") ? " (" + alert.path("reason").asText() + ")" : "")
                : "no sink is told";
    }

    /** A sink that was told of an incident waits for the news since. */
    private static String state(JsonNode alert) {
        return alert.path("state").asText()
                + (alert.path("told").asLong() > 0 && alert.has("due")
                        ? " for the next news, due " + alert.path("due").asText()
                        : "");
    }
}
