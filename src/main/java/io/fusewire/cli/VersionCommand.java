package io.fusewire.cli;

import io.fusewire.runtime.Setup;
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
        return "Fusewire " + Setup.ofFusewire() + ", Java " + Runtime.version() + ", " + System.getProperty("os.name")
                + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch");
    }
}
