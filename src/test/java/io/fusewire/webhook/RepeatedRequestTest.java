package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fusewire.signature.Signature;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.LogLines;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A request that somebody recorded and sends again, after its event was removed. */
class RepeatedRequestTest {
    private static final String REMARK = "A plain signature has no time: a request that bears one, sent again after"
            + " fusewire.retention.finished (7d), acts again. Set fusewire.webhook.accept-plain-signature = false where"
            + " all senders sign with a time.";

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension()
            .with("fusewire.retention.sweep-every", "200ms")
            .startedByTest();

    @Test
    void with_a_time_it_is_refused_and_with_a_plain_signature_it_acts_as_the_start_says() {
        try (LogLines log = new LogLines()) {
            gateway.start();
            assertThat(log.text()).contains(REMARK);
        }
        String timed = GatewayExtension.fresh("trace-error");
        String signature = gateway.signature(timed);
        String plain = GatewayExtension.fresh("trace-error");
        assertThat(post(timed, signature).statusCode()).isEqualTo(200);
        assertThat(post(plain, plain(plain)).statusCode()).isEqualTo(200);
        assertThat(post(plain, plain(plain)).body()).isEqualTo("{\"received\":true,\"duplicate\":true}");
        await().until(() -> gateway.store()
                .rows("SELECT count(*) FROM event WHERE id <= (SELECT judged FROM event_log) AND id NOT IN"
                        + " (SELECT event_id FROM delivery WHERE state = 'waiting')")
                .equals(List.of("2")));
        gateway.clock().forward(Duration.ofDays(8));
        await().until(() -> gateway.store().rows("SELECT key FROM event").isEmpty());
        assertThat(post(timed, signature).statusCode()).isEqualTo(401);
        assertThat(post(plain, plain(plain)).body()).isEqualTo("{\"received\":true}");
    }

    @Test
    void where_plain_signatures_are_off_nothing_is_said_of_them() {
        try (LogLines log = new LogLines()) {
            gateway.with("fusewire.webhook.accept-plain-signature", "false").start();
            assertThat(log.text()).doesNotContain("A plain signature");
        }
    }

    @Test
    void a_tolerance_that_outlives_what_is_known_is_refused() {
        assertThatThrownBy(() -> gateway.with("fusewire.retention.finished", "2h")
                        .with("fusewire.webhook.tolerance", "61m")
                        .start())
                .hasStackTraceContaining(
                        "fusewire.retention.finished is shorter than twice fusewire.webhook.tolerance: a"
                                + " signed request that is sent again must be known again; set more");
    }

    private HttpResponse<String> post(String body, String signature) {
        return gateway.send(gateway.request("/webhooks/langfuse")
                .header("content-type", "application/json")
                .header("x-langfuse-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String plain(String body) {
        return Signature.plain(body.getBytes(StandardCharsets.UTF_8), GatewayExtension.SECRET);
    }
}
