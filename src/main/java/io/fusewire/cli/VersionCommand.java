package io.fusewire.cli;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the versions that a report of a fault needs, on one line. The exit code is 0. */
@Command(name = "version", description = "Shows the versions of Fusewire, Java and the system.")
public final class VersionCommand implements Callable<Integer> {
    private final PrintStream out;

    public VersionCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        out.println(line());
        return 0;
    }

    static String line() {
        // The jar's manifest has it; classes in a folder have none.
        String version = Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return "Fusewire " + version + ", Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + " " + System.getProperty("os.arch");
    }
}
