package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Slack that refuses blocks, and what it makes of the plain text. */
class PlainTextTest {
    private static final String PATH = "/services/T0001/B0001/secretPartOfTheSlackUrl";

    private final WireMockServer slack =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension()
            .with("sinks.slack.per-second", "100")
            .with("fusewire.delivery.redeliveries", "1")
            .with("fusewire.delivery.redelivery-delay", "10ms")
            .startedByTest();

    @BeforeEach
    void start() {
        slack.start();
        slack.stubFor(post(urlEqualTo(PATH))
                .atPriority(1)
                .withRequestBody(matchingJsonPath("$.blocks"))
                .willReturn(aResponse().withStatus(400).withBody("invalid_blocks")));
        gateway.with("sinks.slack.webhook-url", slack.baseUrl() + PATH).start();
    }

    @AfterEach
    void stop() {
        slack.stop();
    }

    @Test
    void an_alert_whose_blocks_are_refused_arrives_as_text() {
        plain(aResponse().withStatus(200).withBody("ok"));
        gateway.post(RunningGateway.fresh("trace-error"));
        awaitState("delivered 1");
        assertThat(bodies()).hasSize(2);
        assertThat(bodies().get(1))
                .contains("Critical", "trace-error", "7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d")
                .doesNotContain("blocks");
    }

    @Test
    void when_the_text_fails_for_the_moment_the_alert_is_tried_again_from_its_blocks_on() {
        plain(aResponse().withStatus(500));
        gateway.post(RunningGateway.fresh("score-created"));
        awaitState("waiting 1");
        assertThat(bodies())
                .extracting(body -> body.contains("\"blocks\""))
                .as("the attempt and its quick redelivery")
                .containsExactly(true, false, true, false);
        plain(aResponse().withStatus(200).withBody("ok"));
        gateway.clock().forward(Duration.ofSeconds(34));
        awaitState("delivered 2");
    }

    @Test
    void when_the_text_comes_too_fast_the_address_rests() {
        plain(aResponse().withStatus(429).withHeader("Retry-After", "60").withBody("rate_limited"));
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() ->
                !store("SELECT 1 FROM destination WHERE held_until > 0").isEmpty());
        assertThat(store("SELECT state, attempts FROM delivery")).containsExactly("waiting 0");
        assertThat(bodies()).hasSize(2);
    }

    private void plain(ResponseDefinitionBuilder answer) {
        slack.stubFor(post(urlEqualTo(PATH)).atPriority(5).willReturn(answer));
    }

    private List<String> bodies() {
        return slack.getAllServeEvents().stream()
                .map(served -> served.getRequest())
                .sorted((a, b) -> a.getLoggedDate().compareTo(b.getLoggedDate()))
                .map(request -> request.getBodyAsString())
                .toList();
    }

    private void awaitState(String stateAndAttempts) {
        await().until(() -> store("SELECT state, attempts FROM delivery WHERE sink = 'slack'")
                .equals(List.of(stateAndAttempts)));
    }

    private List<String> store(String query) {
        return gateway.store().rows(query);
    }
}
