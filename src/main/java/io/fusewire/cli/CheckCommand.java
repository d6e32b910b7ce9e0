package io.fusewire.cli;

import io.fusewire.config.PropertyFile;
import io.fusewire.config.PropertySources;
import io.fusewire.config.Settings;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.rules.Explanation;
import io.fusewire.rules.IncidentTrial;
import io.fusewire.runtime.DryRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Starts with the files in hand, on an empty store and without doing anything outside, and tries the rules on their
 * test cases. What a team runs before it puts a change into force.
 */
@Command(
        description = {
            "Checks what a start would: properties, secrets, ports, store, routes, templates.",
            "Then it tries the rules on rules/*.yaml.",
            "Nothing is stored, sent or listened to."
        },
        exitCodeList = {"0:a gateway would start here, and every case holds", "1:it would not, or a case does not hold"
        })
public final class CheckCommand extends GatewayCommand {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--against-store",
            paramLabel = "N",
            description = "Shows also which alerts of the newest N stored events would be new, gone or changed."
                    + " It only reads the store.")
    private Integer stored;

    @Option(
            names = "--config",
            paramLabel = "FOLDER",
            description = "Checks that folder's configuration, as in CI: the ports and the store, which are another"
                    + " machine's then, are not tried.")
    private Path config;

    @Override
    public Integer call() throws Exception {
        if (stored != null && stored < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--against-store takes the number of events, 1 or more.");
        }
        if (config != null && !Files.isDirectory(config)) {
            throw new CommandException(2, "There is no folder " + config.toAbsolutePath() + ".");
        }
        try {
            Path folder = config == null ? PropertySources.of(Map.of()).configFolder() : config.toAbsolutePath();
            out.println("Configuration: " + folder
                    + (config == null
                            ? "; its ports and its store are tried."
                            : "; its ports and its store are another machine's, and not tried."));
            return run(() -> DryRun.checked(folder, config == null), folder, stored == null ? 0 : stored, out);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    /**
     * The exit code: 0 when it starts and every case holds.
     *
     * @param stored against how many of the newest stored events the rules are held, which is told and no fault
     */
    public static int run(Path configFolder, int stored, PrintStream out) throws Exception {
        return run(() -> new DryRun(configFolder), configFolder, stored, out);
    }

    private static int run(Callable<DryRun> begin, Path configFolder, int stored, PrintStream out) throws Exception {
        try (DryRun dry = begin.call()) {
            dry.remarks().forEach(out::println);
            Outcome outcome = cases(dry, configFolder);
            outcome.sentences().forEach(out::println);
            if (stored > 0) {
                new StoredEventsComparison(dry, out).compare(stored);
            }
            return outcome.hold() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    /**
     * What came of the cases.
     *
     * @param sentences one for each case that does not hold, and the last one of them all
     * @param hold whether all hold, but for built-in ones where a property of the built-in rules is set
     */
    record Outcome(List<String> sentences, boolean hold) {}

    static Outcome cases(DryRun dry, Path configFolder) throws Exception {
        List<RuleCases.Case> cases = RuleCases.of(dry.camel(), configFolder);
        String tuned = String.join(", ", tuned(new Settings(dry.camel())));
        List<String> sentences = new ArrayList<>();
        int faults = 0;
        for (RuleCases.Case one : cases) {
            String difference = difference(dry, one);
            if (!difference.isEmpty()) {
                boolean meant = one.packed() && !tuned.isEmpty();
                faults += meant ? 0 : 1;
                sentences.add(one.file() + ", case '" + one.name() + "': " + difference
                        + (meant ? "; no fault if you meant that by " + tuned : ""));
            }
        }
        sentences.add(
                sentences.isEmpty()
                        ? "All " + cases.size() + " cases hold."
                        : sentences.size() + " of " + cases.size() + " cases do not hold.");
        return new Outcome(sentences, faults == 0);
    }

    private static List<String> tuned(Settings settings) {
        Properties packed = PropertyFile.packed("rules.");
        return packed.stringPropertyNames().stream()
                .filter(name -> !settings.find(name).equals(Optional.of(packed.getProperty(name))))
                .sorted()
                .toList();
    }

    private static String difference(DryRun dry, RuleCases.Case one) throws IOException {
        String explained = one.event() == null ? "" : explained(dry, one);
        if (one.sequence() == null) {
            return explained;
        }
        try (IncidentTrial trial = dry.trial()) {
            String incidents = new CaseTrial(trial, one.sequence()).difference();
            return explained + (explained.isEmpty() || incidents.isEmpty() ? "" : "; ") + incidents;
        }
    }

    private static String explained(DryRun dry, RuleCases.Case one) {
        try {
            Explanation told = dry.explainer().explain(one.event(), one.source());
            if (told.broken() != null) {
                return "rule " + told.broken().rule() + " failed: "
                        + told.broken().reason();
            }
            Set<String> reached = new TreeSet<>();
            for (Explanation.Told sink : told.sinks()) {
                if (sink.failed() != null) {
                    return sink.failed();
                }
                if (sink.incident() != null) {
                    reached.add(sink.sink());
                }
            }
            String fires = differing("fires", one.fires(), fired(told, one.fires(), reached));
            String reaches = differing("reaches", one.reaches(), reached);
            return fires + (fires.isEmpty() || reaches.isEmpty() ? "" : "; ") + reaches;
        } catch (UnreadableEventException e) {
            return e.getMessage();
        }
    }

    /** Each rule's name, with its severity where the case names that too. Rules that only count may be left out. */
    private static Set<String> fired(Explanation told, Set<String> expected, Set<String> reached) {
        Set<String> fired = new TreeSet<>();
        for (Explanation.Fired rule : told.fires()) {
            String name = rule.rule();
            if (expected.stream().anyMatch(word -> word.startsWith(name + " "))) {
                fired.add(name + " " + rule.severity());
            } else if (expected.contains(name) || rule.sinks().stream().anyMatch(reached::contains)) {
                fired.add(name);
            }
        }
        return fired;
    }

    private static String differing(String what, Set<String> expected, Set<String> found) {
        return expected.equals(found) ? "" : what + " " + listed(found) + " and not " + listed(expected);
    }

    private static String listed(Set<String> words) {
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }
}
