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

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"yaml, chat.camel.yaml", "java, Chat.java", "xml, chat.camel.xml"})
    void is_shown_its_message_in_each_language(String language, String file) throws Exception {
        write("routes/sinks/" + file, CodeBlocks.of(DOCUMENT, language).get(0));
        String rules = Files.readString(Path.of("src/main/resources/routes/rules.camel.yaml"));
        write("routes/rules.camel.yaml", rules.replaceFirst("sinks: slack,pagerduty", "sinks: chat"));
        write("application.properties", CodeBlocks.of(DOCUMENT, "properties").get(0) + "\nsinks.chat.per-second = 2\n");
        Path event = Path.of("examples/events/trace-error.json").toAbsolutePath();
        assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 0, List.of(), List.of("explain", event.toString())))
                .contains("fires   trace-error (critical) for chat\n", "\"rule\" : \"trace-error\"")
                .doesNotContain("chat is off");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
