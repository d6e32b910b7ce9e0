package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.Postgres;
import io.fusewire.testing.RunningGateway;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An address that hangs has a worker, and never all that its sink has. */
class HangingAddressTest {
    private static final List<String> HANGING = List.of("one", "two", "three");

    /** Less than an attempt at one that hangs takes, and enough for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(6);

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks).startedByTest();

    @ParameterizedTest
    @CsvSource({"100, false", "0, false", "100, true", "0, true"})
    void addresses_that_hang_delay_no_other(String perSecond, boolean shared) {
        gateway.with("sinks.slack.per-second", perSecond);
        gateway.with("camel.component.fusewire-http.response-timeout", "8s");
        if (shared) {
            gateway.with(Postgres.properties(Postgres.database()));
        }
        hang();
        for (int alert = 1; alert <= 3; alert++) {
            int expected = alert;
            gateway.post(RunningGateway.fresh("score-created"));
            await().atMost(SOON).until(() -> sinks.slack().size() == expected);
        }
        assertThat(deliveries("delivered")).isLessThanOrEqualTo(3);
    }

    @Test
    void redeliveries_that_hang_delay_no_other() {
        gateway.with("camel.component.fusewire-http.response-timeout", "4s");
        sinks.slackAnswers(aResponse().withStatus(500));
        hang();
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> deliveries("later") == 4);
        sinks.slackAnswers(aResponse().withStatus(200).withBody("ok"));
        for (String source : HANGING) {
            sinks.slackAnswers(path(source), aResponse().withFixedDelay(20_000));
        }
        gateway.clock().forward(Duration.ofSeconds(40));
        await().atMost(SOON).until(() -> deliveries("delivered") == 1);
    }

    /** Starts the gateway, and has alerts for addresses that don't answer. */
    private void hang() {
        for (String source : HANGING) {
            gateway.with("fusewire.sources." + source + ".secrets", secret(source));
            gateway.with("fusewire.sources." + source + ".slack-webhook-url", sinks.slackUrl(path(source)));
            sinks.slackAnswers(path(source), aResponse().withFixedDelay(20_000));
        }
        gateway.start();
        for (String source : HANGING) {
            gateway.post("/webhooks/langfuse/" + source, RunningGateway.fresh("score-created"), secret(source));
        }
        await("both workers wait")
                .until(() -> HANGING.stream()
                                .filter(source -> !sinks.requests(path(source)).isEmpty())
                                .count()
                        >= 2);
    }

    private static String path(String source) {
        return "/services/T0002/B0002/secretOf" + source;
    }

    private static String secret(String source) {
        return "lf-whsec_secret-of-" + source;
    }

    private double deliveries(String outcome) {
        return gateway.metric("fusewire_deliveries_total{outcome=\"" + outcome + "\",sink=\"slack\"}");
    }
}
