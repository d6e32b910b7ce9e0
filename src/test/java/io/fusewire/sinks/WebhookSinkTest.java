package io.fusewire.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.fusewire.signature.StandardWebhook;
import io.fusewire.testing.RunningGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookSinkTest extends HttpSinkContract {
    private String signedBy;

    WebhookSinkTest() {
        super("webhook", 204, "");
    }

    @Override
    Map<String, String> properties(String base, String secret) {
        signedBy = "whsec_" + Base64.getEncoder().encodeToString(secret.getBytes());
        return Map.of("sinks.webhook.url", base + "/hooks/" + secret, "sinks.webhook.signing-secret", signedBy);
    }

    @Override
    List<String> ownHeaders() {
        return List.of("webhook-id", "webhook-signature", "webhook-timestamp");
    }

    @Test
    void every_attempt_is_signed_anew_under_one_id() {
        there().troubles().get(0).run();
        gateway().post(RunningGateway.fresh("trace-error"));
        await().until(() -> attempts("later") == 1);
        there().takes();
        gateway().clock().forward(Duration.ofMinutes(10));
        await().until(() -> state().startsWith("delivered"));
        List<LoggedRequest> attempts = there().requests();
        assertThat(attempts.stream().map(attempt -> attempt.getHeader("webhook-id")))
                .containsOnly(attempts.get(0).getHeader("webhook-id"));
        for (LoggedRequest attempt : attempts) {
            assertThat(attempt.getHeader("webhook-signature"))
                    .isEqualTo(new StandardWebhook(signedBy)
                            .signature(
                                    attempt.getHeader("webhook-id"),
                                    Instant.ofEpochSecond(Long.parseLong(attempt.getHeader("webhook-timestamp"))),
                                    attempt.getBody()));
        }
        assertThat(attempts.get(attempts.size() - 1).getHeader("webhook-timestamp"))
                .isNotEqualTo(attempts.get(0).getHeader("webhook-timestamp"));
        assertThat(log()).doesNotContain(signedBy);
    }
}
