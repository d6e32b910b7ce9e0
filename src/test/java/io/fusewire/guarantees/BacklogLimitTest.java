package io.fusewire.guarantees;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sink that is down: its address rests, the backlog grows up to its limit, and both end by themselves. */
class BacklogLimitTest {
    private static final String READY = "/observe/health/ready?data=true";

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks)
            .with("fusewire.backlog.limit", "5")
            .with("fusewire.delivery.circuit-after", "2");

    @Test
    void an_address_that_rests_is_told_and_the_backlog_turns_into_503_until_the_sink_is_back() {
        sinks.slackAnswers(aResponse().withStatus(503));
        await().until(() -> post().statusCode() == 503);
        var refused = post();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("30");
        assertThat(refused.body()).isEqualTo("{\"error\":\"Too much waits already; come again.\"}");
        assertThat(gateway.metric("fusewire_requests_total{outcome=\"backlog_full\",source=\"default\"}"))
                .isPositive();

        await().until(() -> gateway.managementWithout(READY).body().contains("resting.slack.default"));
        assertThat(gateway.managementWithout(READY).body())
                .contains("failures in a row, the last: answered 503")
                .contains("The backlog is at its limit, not ready since 20");
        assertThat(gateway.managementWithout(READY).statusCode()).isEqualTo(503);
        assertThat(gateway.metric("fusewire_circuits_open{sink=\"slack\"}")).isEqualTo(1);
        int asked = sinks.slack().size();
        assertThat(asked).as("what waits burns no attempt").isLessThanOrEqualTo(8);

        sinks.slackAnswers(aResponse().withStatus(200).withBody("ok"));
        gateway.clock().forward(Duration.ofMinutes(10));
        await().until(() -> gateway.managementWithout(READY).statusCode() == 200);
        await().until(() -> gateway.metric("fusewire_circuits_open{sink=\"slack\"}") == 0);
        assertThat(post().statusCode()).isEqualTo(200);
    }

    /** Each of an incident of its own: alerts of one incident wait for each other. */
    private HttpResponse<String> post() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        return gateway.post(RunningGateway.fresh("score-created")
                .replaceAll("\"traceId\": \"\\w+\"", "\"traceId\": \"" + trace + "\""));
    }
}
