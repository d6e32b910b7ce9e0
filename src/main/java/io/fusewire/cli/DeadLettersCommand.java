package io.fusewire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.config.Settings;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What an operator does with dead letters, asked of the running gateway's admin with the gateway's own settings. */
@Command(
        description = {
            "Lists, shows, replays or discards dead letters; without a command it lists them.",
            "It asks the gateway that runs on this machine, with fusewire.admin.token."
        },
        exitCodeList = {"0:it is done", "1:no gateway, another token, or no such dead letter"})
final class DeadLettersCommand extends AdminCommand {
    private static final int PAGE = 1_000;

    DeadLettersCommand() {
        this(Settings::here);
    }

    DeadLettersCommand(Supplier<Settings> settings) {
        super("dead-letters", settings);
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        return list();
    }

    @Command(description = "Lists them, oldest first.")
    int list() throws CommandException, InterruptedException {
        JsonNode page = ask("GET", "?limit=" + PAGE);
        if (page.isEmpty()) {
            out.println("There are no dead letters.");
        }
        while (!page.isEmpty()) {
            page.forEach(letter -> out.println(line(letter)));
            page = ask(
                    "GET",
                    "?limit=" + PAGE + "&after=" + page.get(page.size() - 1).path("id"));
        }
        return 0;
    }

    @Command(description = "Shows one with its event, and what became of that at each sink.")
    int show(@Parameters(paramLabel = "ID", description = "Its number in the list.") long id)
            throws CommandException, InterruptedException {
        JsonNode letter = ask("GET", "/" + id);
        out.println(line(letter));
        letter.path("why").forEach(line -> out.println(line.asText()));
        out.println(letter.path("body").asText());
        return 0;
    }

    @Command(description = "Puts one back into its sink's queue.")
    int replay(@Parameters(paramLabel = "ID", description = "Its number in the list.") long id)
            throws CommandException, InterruptedException {
        ask("POST", "/" + id + "/replay");
        out.println("Dead letter " + id + " is back in its queue.");
        return 0;
    }

    @Command(description = "Ends one for good.")
    int discard(@Parameters(paramLabel = "ID", description = "Its number in the list.") long id)
            throws CommandException, InterruptedException {
        ask("DELETE", "/" + id);
        out.println("Dead letter " + id + " has ended for good.");
        return 0;
    }

    private static String line(JsonNode letter) {
        return "%s  %s, died %s, rule %s (%s): %s"
                .formatted(Stream.of("id", "sink", "died", "rule", "severity", "reason")
                        .map(field -> letter.path(field).asText())
                        .toArray());
    }
}
