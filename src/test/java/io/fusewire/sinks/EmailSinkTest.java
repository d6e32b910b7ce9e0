package io.fusewire.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmailSinkTest extends SinkContract {
    private FakeSmtpSink there;

    @Override
    String sink() {
        return "email";
    }

    private String file(String secret) {
        try {
            return Files.writeString(gateway().folder().resolve("password"), secret)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    OtherSide otherSide() {
        there = new FakeSmtpSink();
        return there;
    }

    @Override
    Map<String, String> properties(OtherSide side, String secret) {
        // With what a URI would mean something by.
        String password = secret + ":w@rd/&?%20+#";
        there.user("fusewire", password);
        return Map.of(
                "sinks.email.host",
                "127.0.0.1",
                "sinks.email.port",
                String.valueOf(there.port()),
                "sinks.email.starttls",
                "false",
                "sinks.email.user",
                "fusewire",
                "sinks.email.password-file",
                file(password),
                "sinks.email.to",
                "on-call@example.com",
                "sinks.email.from",
                "fusewire@example.com");
    }

    @Test
    void no_event_writes_a_header() throws IOException {
        gateway()
                .post(RunningGateway.fresh("score-created")
                        .replaceFirst("\"name\": *\"[^\"]*\"", "\"name\":\"x\\\\r\\\\nBcc: everyone@example.com\""));
        await().until(() -> there.received().size() == 1);
        assertThat(there.received()).allSatisfy(mail -> {
            assertThat(mail.path("subject").asText()).contains("x Bcc: everyone@example.com");
            assertThat(mail.path("to").asText()).doesNotContain("everyone@");
        });
    }
}
