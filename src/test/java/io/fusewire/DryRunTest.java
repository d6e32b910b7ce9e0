package io.fusewire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trial of the files in hand touches nothing of the gateway that runs beside it, however that one is configured. */
class DryRunTest {
    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).matches("(fusewire|rules|camel)\\..*"));
    }

    @Test
    void ports_and_stores_that_are_set_for_the_process_are_left_alone_and_thresholds_hold() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Map.of(
                            "camel.server.port", String.valueOf(taken.getLocalPort()),
                            "camel.management.port", String.valueOf(taken.getLocalPort()),
                            "fusewire.data-folder", folder.resolve("live").toString(),
                            "fusewire.store.url", "jdbc:postgresql://localhost:1/live",
                            "rules.low-score.below", "0.25")
                    .forEach(System::setProperty);
            try (DryRun dry = new DryRun(folder)) {
                assertThat(dry.camel().resolvePropertyPlaceholders("{{rules.low-score.below}}"))
                        .isEqualTo("0.25");
            }
            assertThat(folder.resolve("live")).doesNotExist();
        }
    }
}
