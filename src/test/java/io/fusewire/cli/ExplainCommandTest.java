package io.fusewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.runtime.DryRun;
import io.fusewire.testing.ExampleEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    @TempDir
    Path folder;

    @Test
    void the_error_is_shown_that_messages_of_one_cause_share() throws IOException {
        try (DryRun dry = new DryRun(folder)) {
            assertThat(shown(dry, "trace-error"))
                    .containsSubsequence(
                            "trace-error: trace.updated, key ",
                            "\n  error   # Too Many Requests from provider",
                            "\n  fires   trace-error (critical) for slack, pagerduty\n",
                            "\n  opened an incident of trace-error by source default, project ",
                            ", error # Too Many Requests from provider: alerts 1, groupWait 0s, groupInterval 5m,"
                                    + " repeatInterval off, resolveAfter 15m\n    key langfuse:default:");
            assertThat(shown(dry, "monitor-alert")).doesNotContain("  error   ");
        }
    }

    private static String shown(DryRun dry, String example) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        byte[] body = ExampleEvents.text(example).getBytes(StandardCharsets.UTF_8);
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        assertThat(ExplainCommand.show(dry.explainer(), example, body, "default", out))
                .isTrue();
        return printed.toString(StandardCharsets.UTF_8);
    }
}
