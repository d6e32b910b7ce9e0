package io.fusewire.cli;

import io.fusewire.config.PropertySources;
import io.fusewire.runtime.DryRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.model.ModelCamelContext;
import picocli.CommandLine.Command;

/** Draws the routes in force, the config folder's among them. Exit codes: 0, or 1 when a gateway would not start. */
@Command(
        name = "routes",
        description = {
            "Draws the routes in force as a Mermaid flowchart, for any viewer of Markdown.",
            "Nothing is stored, sent or listened to."
        },
        exitCodeList = {"0:it is drawn", "1:a gateway would not start with these files"})
public final class RoutesCommand implements Callable<Integer> {
    private final PrintStream out;

    public RoutesCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        out.print(drawn(PropertySources.configFolder(Map.of())));
        return 0;
    }

    /** @throws IllegalArgumentException in one sentence, when a gateway with these files would not start */
    static String drawn(Path configFolder) throws IOException {
        try (DryRun dry = new DryRun(configFolder)) {
            return RoutesPicture.of((ModelCamelContext) dry.camel());
        }
    }
}
