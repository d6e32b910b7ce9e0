package io.fusewire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.config.Settings;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * What an operator does with dead letters, asked of the running gateway's admin with the gateway's own settings. Exit
 * codes: 0 when it was done, else 1.
 */
@Command(
        name = "dead-letters",
        description = {
            "Lists, shows, replays or discards dead letters; without a command it lists them.",
            "It asks the gateway that runs on this machine, with fusewire.admin.token."
        },
        exitCodeList = {"0:it is done", "1:no gateway, another token, or no such dead letter"})
public final class DeadLettersCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;

    private final Supplier<Settings> settings;
    private final PrintStream out;

    public DeadLettersCommand(PrintStream out) {
        this(Settings::here, out);
    }

    DeadLettersCommand(Supplier<Settings> settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        return list();
    }

    @Command(description = "Lists them, oldest first.")
    int list() throws CommandException, InterruptedException {
        AdminClient admin = admin();
        JsonNode page = admin.ask("GET", "?limit=" + PAGE);
        if (page.isEmpty()) {
            out.println("There are no dead letters.");
        }
        while (!page.isEmpty()) {
            page.forEach(letter -> out.println(line(letter)));
            page = admin.ask(
                    "GET",
                    "?limit=" + PAGE + "&after=" + page.get(page.size() - 1).path("id"));
        }
        return 0;
    }

    @Command(description = "Shows one with its event, and what became of that at each sink.")
    int show(@Parameters(paramLabel = "ID", description = "Its number in the list.") long id)
            throws CommandException, InterruptedException {
        JsonNode letter = admin().ask("GET", "/" + id);
        out.println(line(letter));
        letter.path("why").forEach(line -> out.println(line.asText()));
        out.println(letter.path("body").asText());
        return 0;
    }

    @Command(description = "Puts one back into its sink's queue.")
    int replay(@Parameters(paramLabel = "ID", description = "Its number in the list.") long id)
            throws CommandException, InterruptedException {
        admin().ask("POST", "/" + id + "/replay");
        out.println("Dead letter " + id + " is back in its queue.");
        return 0;
    }

    @Command(description = "Ends one for good.")
    int discard(@Parameters(paramLabel = "ID", description = "Its number in the list.") long id)
            throws CommandException, InterruptedException {
        admin().ask("DELETE", "/" + id);
        out.println("Dead letter " + id + " has ended for good.");
        return 0;
    }

    private AdminClient admin() throws CommandException {
        return new AdminClient(settings.get(), "/admin/dead-letters");
    }

    private static String line(JsonNode letter) {
        String rule = letter.path("rule").asText();
        return letter.path("id") + "  " + letter.path("sink").asText() + ", died "
                + letter.path("died").asText() + ", rule " + rule + " ("
                + letter.path("severity").asText() + "): "
                + letter.path("reason").asText();
    }
}
