package io.fusewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.runtime.DryRun;
import io.fusewire.testing.CodeBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture of the routes, and its copy in docs/architecture.md. */
class RoutesCommandTest {
    private static final String OWN =
            """
            - route:
                id: own-poll
                description: Takes events from elsewhere.
                from:
                  uri: timer:own
                  parameters: {delay: 3600000}
                  steps:
                    - to: {id: own-accept, uri: "direct:accept"}
            """;

    @TempDir
    Path folder;

    @Test
    void the_picture_in_the_document_is_that_of_the_built_in_routes() throws Exception {
        String drawn = drawn();
        Path copy = Path.of("target/routes.mermaid");
        Files.writeString(copy, drawn);
        assertThat(CodeBlocks.of("docs/architecture.md", "mermaid"))
                .as("what it should be lies in " + copy)
                .containsExactly(drawn.strip());
    }

    @Test
    void an_engineer_s_own_route_that_takes_events_in_is_drawn_too() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("routes")).resolve("own.camel.yaml"), OWN);
        assertThat(drawn()).containsSubsequence("[in]", "own-poll", "end").containsPattern("own-poll --> \\S*accept\n");
    }

    private String drawn() throws IOException {
        try (DryRun dry = new DryRun(folder)) {
            return RoutesPicture.of((ModelCamelContext) dry.camel());
        }
    }
}
