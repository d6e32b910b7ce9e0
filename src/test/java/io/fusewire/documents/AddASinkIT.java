package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.testing.CodeBlocks;
import io.fusewire.testing.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sink of docs/add-a-sink.md in each language is the same sink. */
class AddASinkIT {
    private static final String DOCUMENT = "docs/add-a-sink.md";

    private static final String RULE =
            """
            - route:
                id: chat-rules
                description: Traces that failed.
                routeConfigurationId: fusewire-one-broken-rule-stops-no-other
                from:
                  uri: fusewire:events
                  steps:
                    - filter:
                        id: chat-error
                        simple: ${header.level} == 'ERROR'
                        steps:
                          - to:
                              id: chat-error-alert
                              uri: fusewire:alert/chat-error
                              parameters: {severity: critical, sinks: chat}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"yaml, chat.camel.yaml", "java, Chat.java", "xml, chat.camel.xml"})
    void is_shown_its_message_in_each_language(String language, String file) throws Exception {
        write("routes/sinks/" + file, CodeBlocks.of(DOCUMENT, language).get(0));
        write("routes/rules/chat.camel.yaml", RULE);
        write("application.properties", CodeBlocks.of(DOCUMENT, "properties").get(0) + "\nsinks.chat.per-second = 2\n");
        Path event = Path.of("examples/events/trace-error.json").toAbsolutePath();
        assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 0, List.of(), List.of("explain", event.toString())))
                .contains("fires   chat-error (critical) for chat\n", "\"rule\" : \"chat-error\"")
                .doesNotContain("chat is off");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
