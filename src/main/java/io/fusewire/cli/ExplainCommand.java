package io.fusewire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.config.PropertySources;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.runtime.DryRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Shows what the rules make of event files, and what each sink would be sent. */
public final class ExplainCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ExplainCommand() {}

    /** The exit code: 0 when every file is an event, and no rule or template fails for it. */
    public static int files(List<Path> files, PrintStream out) throws IOException {
        int failed = 0;
        try (DryRun dry = new DryRun(PropertySources.configFolder(Map.of()))) {
            for (Path file : files) {
                failed += file(dry, file, out) ? 0 : 1;
            }
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return 1;
        }
        return failed == 0 ? 0 : 1;
    }

    private static boolean file(DryRun dry, Path file, PrintStream out) throws IOException {
        try {
            return show(dry, file.getFileName().toString(), Files.readAllBytes(file), "default", out);
        } catch (NoSuchFileException e) {
            out.println(file + ": there is no such file");
            return false;
        }
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
