package io.fusewire.cli;

import java.util.Optional;
import picocli.CommandLine.Command;

/** Prints the versions that a report of a fault needs, on one line. */
@Command(description = "Shows the versions of Fusewire, Java and the system.")
final class VersionCommand extends GatewayCommand {
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
