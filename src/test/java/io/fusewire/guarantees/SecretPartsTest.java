package io.fusewire.guarantees;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part of a secret is as bad as the whole. */
class SecretPartsTest {
    private static final String TOKEN = "secretPartOfTheSlackUrl";

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks);

    @ParameterizedTest
    @ValueSource(ints = {150, 160, 165, 170})
    void a_long_answer_is_not_cut_within_a_secret(int before) {
        sinks.slackAnswers(
                aResponse().withStatus(500).withBody("x".repeat(before) + sinks.slackUrl(FakeSinks.SLACK_SECRET)));
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> !reason().equals(List.of("null")));
        assertThat(reason().get(0)).doesNotContain(TOKEN.substring(0, 4)).doesNotContain("T0001");
    }

    @Test
    void an_answer_that_escapes_the_url_is_not_told() {
        String url = sinks.slackUrl(FakeSinks.SLACK_SECRET);
        sinks.slackAnswers(aResponse().withStatus(500).withBody(url.replace("/", "\\/")));
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> !reason().equals(List.of("null")));
        assertThat(reason().get(0)).doesNotContain(TOKEN);
    }

    private List<String> reason() {
        List<String> rows = gateway.store().rows("SELECT reason FROM delivery WHERE sink = 'slack'");
        return rows.isEmpty() ? List.of("null") : rows;
    }
}
