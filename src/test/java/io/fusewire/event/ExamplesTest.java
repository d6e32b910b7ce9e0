package io.fusewire.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.error.UnreadableEventException;
import io.fusewire.testing.ExampleEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final String CHECKOUT = "7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d";
    private static final String ANSWER = "c41d9b7e02f84d0c9a3b5e6f70818293";

    private static final Map<String, Map<String, Object>> EXPECTED = Map.of(
            "trace-created", Map.of("type", "trace.created", "trace", CHECKOUT, "subject", CHECKOUT, "level", "none"),
            "trace-error",
                    Map.of(
                            "type",
                            "trace.updated",
                            "trace",
                            CHECKOUT,
                            "error",
                            "# Too Many Requests from provider",
                            "level",
                            "ERROR"),
            "generation-created",
                    Map.of(
                            "type",
                            "generation.created",
                            "trace",
                            ANSWER,
                            "model",
                            "gpt-4o",
                            "inputTokens",
                            812L,
                            "outputTokens",
                            164L,
                            "cost",
                            0.00367),
            "score-created", Map.of("type", "score.created", "name", "hallucination", "value", 0.2),
            "score-updated", Map.of("type", "score.updated", "name", "hallucination", "value", 0.91),
            "prompt-version",
                    Map.of(
                            "type", "prompt-version",
                            "action", "created",
                            "name", "movie-critic",
                            "subject", "movie-critic",
                            "promptLabels", List.of("production", "latest")),
            "monitor-alert", Map.of("type", "monitor-alert", "monitorSeverity", "ALERT", "monitor", "cmemonitor0001"),
            "monitor-alert-ok", Map.of("type", "monitor-alert", "monitorSeverity", "OK", "subject", "cmemonitor0001"),
            "project-notification",
                    Map.of(
                            "type", "project-notification",
                            "action", "evaluator-blocked",
                            "monitorSeverity", "ALERT",
                            "name", "hallucination-judge",
                            "subject", "evaluator-blocked/cmeeval0001"));

    @Test
    void every_example_has_the_labels_that_its_name_promises() throws IOException, UnreadableEventException {
        Set<String> keys = new HashSet<>();
        for (String name : ExampleEvents.names()) {
            Event event = Reading.read(Files.readAllBytes(ExampleEvents.file(name)));
            assertThat(EXPECTED).containsKey(name);
            assertThat(event.labels())
                    .as(name)
                    .containsAllEntriesOf(EXPECTED.get(name))
                    .containsEntry("project", "clx0proj00000aa1b2c3d4e5f");
            assertThat(keys.add(event.key())).as("the key of " + name).isTrue();
        }
        assertThat(keys).hasSameSizeAs(EXPECTED.keySet());
    }
}
