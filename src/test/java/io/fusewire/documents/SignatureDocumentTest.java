package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fusewire.config.WebhookConfig;
import io.fusewire.testing.CodeBlocks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lines of docs/operating.md that sign an event by hand are typed, and the gateway takes it. */
class SignatureDocumentTest {
    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension().with("fusewire.webhook.secrets", WebhookConfig.DEV_SECRET);

    @Test
    void what_a_shell_signs_is_taken_and_what_it_signs_by_another_secret_is_not() throws Exception {
        assumeTrue(Program.isInstalled("openssl") && Program.isInstalled("curl"), "needs openssl and curl");
        String lines = CodeBlocks.of("docs/operating.md", "shell").stream()
                .filter(block -> block.startsWith("secret="))
                .findFirst()
                .orElseThrow()
                .replace("=examples/", "=" + Path.of("examples").toAbsolutePath() + "/")
                .replace("localhost:8080", "localhost:" + gateway.port());
        assertThat(typed(lines)).isEqualTo("{\"received\":true}");
        assertThat(typed(lines.replace("everybody-knows", "nobody-knows")))
                .isEqualTo("{\"error\":\"The signature is missing, wrong or too old.\"}");
        assertThat(gateway.metric("fusewire_requests_total{outcome=\"accepted\",source=\"default\"}"))
                .isEqualTo(1);
    }

    private String typed(String lines) throws Exception {
        try (Program shell = Program.start(gateway.folder(), Map.of(), List.of("sh", "-ec", lines))) {
            assertThat(shell.exit()).as(shell.output()).isZero();
            return shell.output();
        }
    }
}
