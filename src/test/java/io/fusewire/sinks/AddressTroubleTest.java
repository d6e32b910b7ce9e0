package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that is taken away, can't be read, or asks for no wait. */
class AddressTroubleTest {
    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks).startedByTest();

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void a_retry_after_of_zero_is_no_invitation_to_hammer(int status) {
        gateway.start();
        sinks.slackAnswers(aResponse().withStatus(status).withHeader("Retry-After", "0"));
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> !sinks.slack().isEmpty());
        await().during(Duration.ofSeconds(1)).until(() -> sinks.slack().size() < 5);
    }

    @Test
    void a_waiting_alert_whose_address_is_taken_away_is_not_called_delivered() {
        sinks.slackAnswers(aResponse().withStatus(500));
        gateway.start();
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> rows("SELECT attempts FROM delivery").equals(List.of("1")));
        gateway.close();
        gateway.without("sinks.slack.webhook-url");
        gateway.start();
        gateway.clock().forward(Duration.ofSeconds(40));
        await().until(() -> rows("SELECT reason FROM delivery").equals(List.of("sinks.slack.webhook-url is not set")));
        assertThat(rows("SELECT state FROM delivery")).containsExactly("waiting");
        assertThat(rows("SELECT attempts FROM delivery")).as("none was made").containsExactly("1");
    }

    @Test
    void a_secret_file_that_vanishes_stops_no_other_sink_and_loses_nothing() throws IOException {
        Path secret = gateway.folder().resolve("slack-url.txt");
        Files.writeString(secret, sinks.slackUrl(FakeSinks.SLACK_SECRET));
        gateway.without("sinks.slack.webhook-url");
        gateway.with("sinks.slack.webhook-url-file", secret.toString());
        gateway.start();
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> sinks.pagerDuty().size() == 1 && sinks.slack().size() == 1);
        Files.delete(secret);
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> sinks.pagerDuty().size() == 2);
        Files.writeString(secret, sinks.slackUrl(FakeSinks.SLACK_SECRET));
        gateway.clock().forward(Duration.ofMinutes(6));
        await().until(() -> sinks.slack().size() == 2);
    }

    private List<String> rows(String query) {
        return gateway.store().rows(query);
    }
}
