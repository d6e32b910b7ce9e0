package io.fusewire.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.RunningGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** camel-mail takes its session's properties from headers that begin with mail.smtp (CVE-2026-46584). */
class SteeredMailTest {
    private static final String SEND = "        - to:\n            id: email-send\n";

    @RegisterExtension
    final FakeSmtpSink there = new FakeSmtpSink();

    @TempDir
    Path folder;

    @Test
    void no_header_sends_a_mail_elsewhere() throws Exception {
        String route = Files.readString(Path.of("src/main/resources/routes/sinks/email.camel.yaml"))
                .replace("deliveries/email", "deliveries/slack")
                .replace(
                        SEND,
                        header("mail.smtp.host", "elsewhere.example")
                                + header("mail.smtp.proxy.host", "127.0.0.1")
                                + header("mail.smtp.proxy.port", "1")
                                + SEND)
                .replaceAll("id: (.*)email", "id: $1steered");
        assertThat(route).contains("mail.smtp.host");
        Files.createDirectories(folder.resolve("routes/sinks"));
        Files.writeString(folder.resolve("routes/sinks/slack.camel.yaml"), route);
        there.user("fusewire", "password");
        Map<String, String> properties = Map.of(
                "sinks.slack.to", "on-call@example.com",
                "sinks.email.host", "127.0.0.1",
                "sinks.email.port", String.valueOf(there.port()),
                "sinks.email.starttls", "false",
                "sinks.email.user", "fusewire",
                "sinks.email.password", "password",
                "sinks.email.from", "fusewire@example.com");
        try (RunningGateway gateway = RunningGateway.in(folder, properties)) {
            gateway.post(RunningGateway.fresh("trace-error"));
            await().until(() -> there.received().size() == 1);
        }
    }

    private static String header(String name, String value) {
        return "        - setHeader: {id: steer-%s, name: %s, constant: '%s'}%n".formatted(name, name, value);
    }
}
