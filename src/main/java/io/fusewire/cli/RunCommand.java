package io.fusewire.cli;

import io.fusewire.config.PropertySources;
import io.fusewire.runtime.Clocks;
import io.fusewire.runtime.LiveReload;
import io.fusewire.runtime.StandaloneGateway;
import java.util.Map;
import picocli.CommandLine.Command;

/** Runs the gateway until it is told to stop. */
@Command(
        description = {
            "Runs the gateway until it is told to stop (the default).",
            "With the profile dev, what is saved in the config folder is in force at once."
        },
        exitCodeList = {"0:it was told to stop", "1:it could not start, and the log says why"})
final class RunCommand extends GatewayCommand {
    @Override
    public Integer call() throws Exception {
        return LiveReload.isWanted()
                ? new LiveReload(Clocks.ofTheMachine(), PropertySources.configFolder(Map.of())).run()
                : new StandaloneGateway(Clocks.ofTheMachine(), Map.of()).run();
    }
}
