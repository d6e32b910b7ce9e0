package io.fusewire.cli;

import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Labels;
import io.fusewire.rules.Explainer;
import io.fusewire.rules.Explanation;
import io.fusewire.runtime.DryRun;
import io.fusewire.store.ForeseenIncident;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what the rules make of event files, and what each sink would be sent. */
@Command(
        description = {
            "Shows what the rules make of event files, and what each sink would be sent.",
            "Nothing is stored, counted or sent."
        },
        exitCodeList = {
            "0:every file is an event, and no rule or template fails for it",
            "1:one is none, or fails",
            "2:it was called wrongly, or a file cannot be read"
        })
final class ExplainCommand extends GatewayCommand {
    @Mixin
    private EventFile.Named files;

    @Override
    public Integer call() throws IOException, CommandException {
        List<EventFile> events = files.read();
        int failed = 0;
        try (DryRun dry = dryRun()) {
            for (EventFile event : events) {
                failed += show(dry.explainer(), event.name(), event.bytes(), "default", out) ? 0 : 1;
            }
        }
        return failed == 0 ? 0 : 1;
    }

    /** False where it is no event, or a rule or a template fails for it. */
    static boolean show(Explainer explainer, String name, byte[] body, String source, PrintStream out) {
        Explanation told;
        try {
            told = explainer.explain(body, source);
        } catch (UnreadableEventException e) {
            out.println(name + ": " + e.getMessage());
            return false;
        }
        out.println(name + ": " + told.type() + ", key " + told.key());
        if (!Labels.NONE.equals(told.labels().get(Labels.ERROR))) {
            out.println("  error   " + told.labels().get(Labels.ERROR));
        }
        told.fires()
                .forEach(rule -> out.println("  fires   " + rule.rule() + " (" + rule.severity()
                        + (rule.resolve() == null ? "" : ", resolves") + ") for " + String.join(", ", rule.sinks())));
        told.silent().forEach(rule -> out.println("  silent  " + rule.rule() + ": " + rule.because()));
        told.incidents().forEach(incident -> show(incident, out));
        told.sinks().forEach(sink -> show(sink, out));
        if (told.broken() != null) {
            out.println(
                    "  broken  " + told.broken().rule() + ": " + told.broken().reason());
        }
        return told.broken() == null && told.sinks().stream().allMatch(sink -> sink.failed() == null);
    }

    private static void show(Explanation.Incident incident, PrintStream out) {
        String group = incident.group().entrySet().stream()
                .map(label -> label.getKey() + " " + label.getValue())
                .collect(Collectors.joining(", "));
        out.println(
                "  " + incident.is() + (incident.id() == null ? " an incident" : " incident " + incident.id()) + " of "
                        + incident.rule() + (group.isEmpty() ? "" : " by " + group) + ": alerts " + incident.count()
                        + ", groupWait " + incident.groupWait() + ", groupInterval " + incident.groupInterval()
                        + ", repeatInterval " + incident.repeatInterval() + ", resolveAfter " + incident.resolveAfter()
                        + (incident.unless() == null ? "" : ", unless " + incident.unless()));
        out.println("    key " + incident.key());
        if (incident.acknowledged() != null) {
            out.println("    acknowledged by " + incident.acknowledged());
        }
        if (incident.held() != null) {
            out.println("    held: " + incident.held());
        }
    }

    private static void show(Explanation.Told sink, PrintStream out) {
        String name = "  " + sink.sink();
        boolean held = sink.suppressed() != null && ForeseenIncident.isHeld(sink.suppressed());
        if (sink.suppressed() != null) {
            out.println(name + (held ? " is held: " : " is off: ") + sink.suppressed());
        }
        if (sink.failed() != null) {
            out.println(name + " gets nothing: " + sink.failed());
        }
        if (sink.message() != null) {
            out.println(name + (held ? " would get" : " gets"));
            out.println(sink.message().toPrettyString());
        }
    }
}
