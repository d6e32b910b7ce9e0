package io.fusewire.cli;

import io.fusewire.error.StoreUnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command line. Exit codes: 0 it is done, 1 it failed, 2 it was called wrongly. Help, versions and what a command
 * found go to the standard output; why something was not done goes to the standard error, in a sentence.
 */
public final class Commands {
    static final String PROGRAM = "java -jar fusewire.jar";
    private static final int WIDTH = 100;

    private final Map<String, Known> known = new LinkedHashMap<>();
    private final PrintStream out;
    private final PrintStream err;

    private record Known(Supplier<? extends GatewayCommand> maker, List<String> below) {}

    Commands(PrintStream out, PrintStream err) {
        this.out = new PlainOutput(out);
        this.err = new PlainOutput(err);
    }

    /** All, in the order in which people need them. */
    public static Commands all(PrintStream out, PrintStream err) {
        return new Commands(out, err)
                .with("run", RunCommand::new)
                .with("check", CheckCommand::new)
                .with("send", SendCommand::new)
                .with("explain", ExplainCommand::new)
                .with("why", WhyCommand::new)
                .with("status", StatusCommand::new)
                .with("events", EventsCommand::new)
                .with("dead-letters", DeadLettersCommand::new, "list", "show", "replay", "discard")
                .with("incidents", IncidentsCommand::new, "list", "show", "acknowledge", "silence", "close")
                .with("silence", SilenceCommand::new, "list", "add", "end")
                .with("reconcile", ReconcileCommand::new)
                .with("routes", RoutesCommand::new)
                .with("version", VersionCommand::new)
                .with("help", HelpCommand::new);
    }

    /** @param below its own commands, in the order in which help lists them */
    Commands with(String name, Supplier<? extends GatewayCommand> maker, String... below) {
        known.put(name, new Known(maker, List.of(below)));
        return this;
    }

    /** The exit code. Without a word it does what {@code run} does. */
    public int execute(String... args) {
        return line(args.length == 0 ? "run" : args[0])
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(WIDTH)
                .setUsageHelpLongOptionsMaxWidth(WIDTH / 4)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((wrong, all) -> {
                    err.println(Refusals.of(wrong));
                    err.println("For help: " + help(wrong.getCommandLine()));
                    return 2;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    err.println(sentence(failure));
                    return failure instanceof CommandException named ? named.exitCode : 1;
                })
                .execute(args.length == 0 ? new String[] {"run"} : args);
    }

    /** Reading a command's class takes milliseconds of each start, so that those are read alone which the word needs. */
    private CommandLine line(String word) {
        CommandLine line = new CommandLine(new Program());
        boolean one = known.containsKey(word) && !word.equals("help");
        (one ? Map.of(word, known.get(word)) : known).forEach((name, each) -> {
            GatewayCommand made = each.maker().get();
            made.out = out;
            CommandLine command = new CommandLine(made);
            CommandSpec spec = command.getCommandSpec();
            each.below().forEach(below -> spec.addSubcommand(below, spec.removeSubcommand(below)));
            line.addSubcommand(name, command);
        });
        complete(line, Map.of());
        return line;
    }

    /** Each command has the same options and headings, and the exit codes of the one above where it names none. */
    private static void complete(CommandLine command, Map<String, String> exitCodes) {
        CommandSpec spec = command.getCommandSpec();
        spec.addOption(
                flag("-h", "--help").usageHelp(true).description("Shows this.").build());
        spec.addOption(flag("-V", "--version")
                .versionHelp(true)
                .description("Shows the versions of Fusewire, Java and the system.")
                .build());
        spec.version(VersionCommand.line());
        Map<String, String> codes = new LinkedHashMap<>(exitCodes);
        codes.putAll(spec.usageMessage().exitCodeList());
        spec.usageMessage()
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(codes);
        command.getSubcommands().values().forEach(each -> complete(each, codes));
    }

    private static OptionSpec.Builder flag(String brief, String full) {
        return OptionSpec.builder(brief, full).arity("0").type(boolean.class);
    }

    private static String help(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        return name.equals(PROGRAM) ? PROGRAM + " help" : name.replace(PROGRAM, PROGRAM + " help");
    }

    private static String sentence(Exception failure) throws Exception {
        if (failure instanceof CommandException || failure instanceof IllegalArgumentException) {
            return failure.getMessage();
        }
        if (failure instanceof StoreUnavailableException && failure.getCause() != null) {
            return failure.getMessage() + ": " + failure.getCause().getMessage();
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
            footerHeading = "%n",
            footer = {
                "Properties come from application.properties beside the jar, from the environment,",
                "or from -D before -jar: java -Dcamel.main.profile=dev -jar fusewire.jar",
                "",
                PROGRAM + " help COMMAND shows more of one."
            })
    private static final class Program {}
}
