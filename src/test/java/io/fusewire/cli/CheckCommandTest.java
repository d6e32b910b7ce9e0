package io.fusewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says beside its refusals, which BrokenRoutesTest has. */
class CheckCommandTest {
    @TempDir
    Path folder;

    @Test
    void a_sink_of_ones_own_that_no_rule_names_is_pointed_out_and_no_fault() throws Exception {
        Files.createDirectories(folder.resolve("routes/sinks"));
        Path file = Files.copy(
                Path.of("examples/sinks/chat/routes/sinks/chat.camel.yaml"),
                folder.resolve("routes/sinks/chat.camel.yaml"));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int exit = CheckCommand.run(folder, 0, new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("file:" + file + ": no rule names the sink 'chat'.\n")
                .contains("cases hold.");
        assertThat(exit).isZero();
    }
}
