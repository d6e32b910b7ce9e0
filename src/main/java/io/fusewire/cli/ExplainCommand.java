package io.fusewire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.config.PropertySources;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.runtime.DryRun;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Shows what the rules make of event files, and what each sink would be sent. Exit codes: 0 when every file is an event
 * and no rule or template fails for it, else 1.
 */
@Command(
        name = "explain",
        description = {
            "Shows what the rules make of event files, and what each sink would be sent.",
            "Nothing is stored, counted or sent."
        },
        exitCodeList = {
            "0:every file is an event, and no rule or template fails for it",
            "1:one is none, or fails",
            "2:it was called wrongly, or a file cannot be read"
        })
public final class ExplainCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;

    @Mixin
    private EventFile.Named files;

    public ExplainCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        List<EventFile> events = files.read();
        int failed = 0;
        try (DryRun dry = new DryRun(PropertySources.configFolder(Map.of()))) {
            for (EventFile event : events) {
                failed += show(dry, event.name(), event.bytes(), "default", out) ? 0 : 1;
            }
        }
        return failed == 0 ? 0 : 1;
    }

    /** False where it is no event, or a rule or a template fails for it. */
    static boolean show(DryRun dry, String name, byte[] body, String source, PrintStream out) throws IOException {
        JsonNode told;
        try {
            told = JSON.valueToTree(dry.explainer().explain(body, source));
        } catch (UnreadableEventException e) {
            out.println(name + ": " + e.getMessage());
            return false;
        }
        out.println(name + ": " + told.path("type").asText() + ", key "
                + told.path("key").asText());
        for (JsonNode rule : told.path("fires")) {
            out.println("  fires   " + rule.path("rule").asText() + " ("
                    + rule.path("severity").asText() + (rule.has("resolve") ? ", resolves" : "") + ") for "
                    + joined(rule.path("sinks")));
        }
        for (JsonNode rule : told.path("silent")) {
            out.println("  silent  " + rule.path("rule").asText() + ": "
                    + rule.path("because").asText());
        }
        for (JsonNode sink : told.path("sinks")) {
            sink(sink, out);
        }
        JsonNode broken = told.path("broken");
        if (!broken.isMissingNode()) {
            out.println("  broken  " + broken.path("rule").asText() + ": "
                    + broken.path("reason").asText());
        }
        return broken.isMissingNode() && told.findValue("failed") == null;
    }

    private static void sink(JsonNode sink, PrintStream out) throws IOException {
        String name = "  " + sink.path("sink").asText();
        if (sink.has("suppressed")) {
            out.println(name + " is off: " + sink.path("suppressed").asText());
        }
        if (sink.has("failed")) {
            out.println(name + " gets nothing: " + sink.path("failed").asText());
        }
        if (sink.has("message")) {
            out.println(name + " gets");
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sink.path("message")));
        }
    }

    private static String joined(JsonNode texts) {
        StringBuilder all = new StringBuilder();
        texts.forEach(text -> all.append(all.isEmpty() ? "" : ", ").append(text.asText()));
        return all.toString();
    }
}
