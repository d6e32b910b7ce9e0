package io.fusewire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.nio.file.Files;
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
    void a_trial_that_is_refused_leaves_no_store_open() throws Exception {
        Files.createDirectories(folder.resolve("routes/rules"));
        Files.copy(
                Path.of("src/test/resources/broken-routes/rule-names-an-absent-sink.camel.yaml"),
                folder.resolve("routes/rules/own.camel.yaml"));
        long before = writers();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> new DryRun(folder).close()).hasMessageContaining("names the sink 'slak'");
        }
        await().until(() -> writers() == before);
    }

    /** The threads of stores that are open. */
    private static long writers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("fusewire-store"))
                .count();
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
