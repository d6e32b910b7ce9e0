package io.fusewire.cli;

import io.fusewire.runtime.DryRun;
import java.io.IOException;
import org.apache.camel.model.ModelCamelContext;
import picocli.CommandLine.Command;

/** Draws the routes in force, the config folder's among them. */
@Command(
        description = {
            "Draws the routes in force as a Mermaid flowchart, for any viewer of Markdown.",
            "Nothing is stored, sent or listened to."
        },
        exitCodeList = {"0:it is drawn", "1:a gateway would not start with these files"})
final class RoutesCommand extends GatewayCommand {
    @Override
    public Integer call() throws IOException {
        try (DryRun dry = dryRun()) {
            out.print(RoutesPicture.of((ModelCamelContext) dry.camel()));
        }
        return 0;
    }
}
