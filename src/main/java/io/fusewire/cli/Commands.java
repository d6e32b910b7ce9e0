package io.fusewire.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit codes: 0 it is done, 1 it failed, 2 it was called wrongly. Help, versions and what a command
 * found go to the standard output; why something was not done goes to the standard error, in a sentence.
 */
public final class Commands {
    static final String PROGRAM = "java -jar fusewire.jar";
    private static final int WIDTH = 100;

    private final CommandLine line;
    private final PrintStream out;
    private final PrintStream err;

    /** @param byDefault what is done without a command */
    public Commands(PrintStream out, PrintStream err, Callable<Integer> byDefault) {
        this.out = out;
        this.err = err;
        this.line = new CommandLine(new Program(byDefault));
    }

    public Commands with(Callable<Integer> command) {
        line.addSubcommand(command);
        return this;
    }

    /** The exit code. */
    public int execute(String... args) {
        complete(line, false);
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(WIDTH)
                .setUsageHelpLongOptionsMaxWidth(WIDTH / 4)
                .setOverwrittenOptionsAllowed(true)
                .setParameterExceptionHandler((wrong, all) -> {
                    err.println(sentence(wrong));
                    err.println("For help: " + help(wrong.getCommandLine()));
                    return 2;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    err.println(sentence(failure));
                    return 1;
                })
                .execute(args);
    }

    /** Each command has the same options and headings. */
    private static void complete(CommandLine command, boolean below) {
        CommandSpec spec = command.getCommandSpec();
        spec.addOption(
                flag("-h", "--help").usageHelp(true).description("Shows this.").build());
        spec.addOption(flag("-V", "--version")
                .versionHelp(true)
                .hidden(below)
                .description("Shows the version.")
                .build());
        spec.version(VersionCommand.line());
        spec.usageMessage()
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .footerHeading("%n");
        command.getSubcommands().values().forEach(each -> complete(each, true));
    }

    private static OptionSpec.Builder flag(String brief, String full) {
        return OptionSpec.builder(brief, full).arity("0").type(boolean.class);
    }

    private static String help(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        return name.equals(PROGRAM) ? PROGRAM + " help" : name.replace(PROGRAM, PROGRAM + " help");
    }

    private static String sentence(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec()
                .qualifiedName()
                .substring(PROGRAM.length())
                .strip();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unknown(command, name, unmatched);
        }
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return name + " needs "
                    + missing.getMissing().stream()
                            .map(each -> each.paramLabel())
                            .collect(Collectors.joining(" and ")) + ".";
        }
        if (wrong.getArgSpec() != null && wrong.getValue() != null) {
            // All typed arguments are numbers; picocli would name Java's type.
            return name + ": " + wrong.getArgSpec().paramLabel() + " is a whole number, not '" + wrong.getValue()
                    + "'.";
        }
        return wrong.getMessage();
    }

    private static String unknown(CommandLine command, String name, UnmatchedArgumentException unmatched) {
        String word = unmatched.getUnmatched().get(0);
        if (word.startsWith("-D")) {
            return "A property goes before -jar: java " + word + " -jar fusewire.jar" + (" " + name).stripTrailing();
        }
        if (word.startsWith("-")) {
            return (name + " has no option '").stripLeading() + word + "'" + nearest(word, unmatched);
        }
        if (command.getSubcommands().isEmpty()) {
            return name + " takes no '" + word + "'.";
        }
        if (name.isEmpty() && word.equals("verify")) {
            return "verify is called reconcile now.";
        }
        return "There is no command '" + (name + " " + word).strip() + "'" + nearest(word, unmatched);
    }

    /** Picocli's nearest may share two letters alone. */
    private static String nearest(String word, UnmatchedArgumentException unmatched) {
        return unmatched.getSuggestions().stream()
                .filter(known -> Math.abs(known.length() - word.length()) <= 3)
                .findFirst()
                .map(known -> "; did you mean " + known + "?")
                .orElse(".");
    }

    private static String sentence(Exception failure) throws Exception {
        if (failure instanceof CommandException || failure instanceof IllegalArgumentException) {
            return failure.getMessage();
        }
        if (failure instanceof IOException) {
            return failure.toString();
        }
        // A fault of ours, which needs its trace; picocli prints that and exits with 1.
        throw failure;
    }

    @Command(
            name = PROGRAM,
            customSynopsis = PROGRAM + " [COMMAND]",
            description = "Fusewire, an event gateway for Langfuse: events in, judged by rules, alerts out.%n"
                    + "Without a command it runs.",
            exitCodeList = {"0:it is done", "1:it failed, and a sentence says why", "2:it was called wrongly"},
            footer = {
                "Properties come from application.properties beside the jar, from the environment,",
                "or from -D before -jar: java -Dcamel.main.profile=dev -jar fusewire.jar",
                "",
                PROGRAM + " help COMMAND shows more of one."
            })
    private record Program(Callable<Integer> byDefault) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return byDefault.call();
        }
    }
}
