package io.fusewire.cli;

import io.fusewire.config.PropertySources;
import io.fusewire.runtime.Clocks;
import io.fusewire.runtime.LiveReload;
import io.fusewire.runtime.StandaloneGateway;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** Runs the gateway until it is told to stop. */
@Command(
        description = {
            "Runs the gateway until it is told to stop (the default).",
            "With the profile dev, what is saved in the config folder is in force at once."
        },
        exitCodeList = {
            "0:it was told to stop",
            "1:it could not start, and the log says why",
            "3:it ran out of memory; nothing is lost, start it again"
        })
final class RunCommand extends GatewayCommand {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    /** The one that the JVM's own -XX:+ExitOnOutOfMemoryError has. */
    private static final int OUT_OF_MEMORY = 3;

    /** Without memory no thread can be trusted; a new start is safe, because the store is. */
    private static void uncaught(Thread thread, Throwable error) {
        if (error instanceof VirtualMachineError) {
            try {
                LOG.error("{} on {}: the process ends.", error, thread.getName());
            } finally {
                Runtime.getRuntime().halt(OUT_OF_MEMORY);
            }
        }
        LOG.error("{} has ended", thread.getName(), error);
    }

    @Override
    public Integer call() throws Exception {
        Thread.setDefaultUncaughtExceptionHandler(RunCommand::uncaught);
        Path folder = PropertySources.of(Map.of()).configFolder();
        return LiveReload.isWanted()
                ? new LiveReload(Clocks.ofTheMachine(), folder, dry -> CheckCommand.cases(dry, folder)
                                .sentences())
                        .run()
                : new StandaloneGateway(Clocks.ofTheMachine(), Map.of()).run();
    }
}
