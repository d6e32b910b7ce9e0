package io.fusewire.cli;

import io.fusewire.validate.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What somebody who called a command wrongly is told: the word, and what would have been right. */
final class Refusals {
    private static final Map<String, String> RENAMED = Map.of("verify", "reconcile", "letters", "dead-letters");

    private Refusals() {}

    /** One sentence. */
    static String of(ParameterException wrong) {
        CommandSpec spec = wrong.getCommandLine().getCommandSpec();
        String name = spec.qualifiedName().substring(Commands.PROGRAM.length()).strip();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unknown(spec, name, unmatched.getUnmatched().get(0));
        }
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(name, missing.getMissing());
        }
        if (wrong.getArgSpec() != null && wrong.getValue() != null) {
            // All typed arguments are numbers; picocli would name Java's type.
            return name + ": " + wrong.getArgSpec().paramLabel() + " is a whole number, not '" + wrong.getValue()
                    + "'.";
        }
        return wrong.getMessage();
    }

    private static String missing(String name, List<ArgSpec> missing) {
        String labels = missing.stream().map(Refusals::label).collect(Collectors.joining(" and "));
        return missing.get(0) instanceof OptionSpec option && !option.required()
                ? name + ": " + option.longestName() + " needs " + labels + "."
                : name + " needs " + labels + ".";
    }

    private static String label(ArgSpec missing) {
        return missing instanceof OptionSpec option && option.required()
                ? option.longestName() + " " + option.paramLabel()
                : missing.paramLabel();
    }

    private static String unknown(CommandSpec spec, String name, String word) {
        if (word.startsWith("-D")) {
            return "A property goes before -jar: java " + word + " -jar fusewire.jar" + (" " + name).stripTrailing();
        }
        if (word.startsWith("-")) {
            return "There is no option '" + word + "'" + (name.isEmpty() ? "" : " of " + name)
                    + nearest(word, spec.optionsMap().keySet());
        }
        if (spec.subcommands().isEmpty()) {
            return name + " takes no '" + word + "'.";
        }
        if (name.isEmpty() && RENAMED.containsKey(word)) {
            return word + " is called " + RENAMED.get(word) + " now.";
        }
        return "There is no command '" + (name + " " + word).strip() + "'"
                + nearest(word, spec.subcommands().keySet());
    }

    private static String nearest(String word, Collection<String> words) {
        return Suggestions.near(word, words)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; there are " + String.join(", ", words) + ".");
    }
}
