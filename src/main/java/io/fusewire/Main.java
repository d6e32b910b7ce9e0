package io.fusewire;

import io.fusewire.cli.CheckCommand;
import io.fusewire.cli.Commands;
import io.fusewire.cli.DeadLettersCommand;
import io.fusewire.cli.ExplainCommand;
import io.fusewire.cli.HelpCommand;
import io.fusewire.cli.ReconcileCommand;
import io.fusewire.cli.RoutesCommand;
import io.fusewire.cli.RunCommand;
import io.fusewire.cli.SendCommand;
import io.fusewire.cli.VersionCommand;
import io.fusewire.cli.WhyCommand;
import java.io.PrintStream;

/** The program: its commands, in the order in which people need them, and what is set before the first log line. */
public final class Main {
    private static final String LOGBACK = "logback.configurationFile";

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty(LOGBACK) == null) {
            System.setProperty(LOGBACK, "fusewire/logback.xml");
        }
        if (args.length > 0 && !args[0].equals("run")) {
            // A command prints what it found, and nothing beside it.
            System.setProperty("io.fusewire.log-level", "ERROR");
        }
        System.exit(commands(System.out, System.err).execute(args));
    }

    /** What was asked for goes to {@code out}; why it was not done, to {@code err}. */
    public static Commands commands(PrintStream out, PrintStream err) {
        return new Commands(out, err)
                .with(RunCommand.class, RunCommand::new)
                .with(CheckCommand.class, () -> new CheckCommand(out))
                .with(SendCommand.class, () -> new SendCommand(out))
                .with(ExplainCommand.class, () -> new ExplainCommand(out))
                .with(WhyCommand.class, () -> new WhyCommand(out))
                .with(DeadLettersCommand.class, () -> new DeadLettersCommand(out), "list", "show", "replay", "discard")
                .with(ReconcileCommand.class, () -> new ReconcileCommand(out))
                .with(RoutesCommand.class, () -> new RoutesCommand(out))
                .with(VersionCommand.class, () -> new VersionCommand(out))
                .with(HelpCommand.class, HelpCommand::new);
    }
}
