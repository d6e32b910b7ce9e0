package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several Langfuse projects, one gateway: each source has its own addresses, and its own trouble with them. */
class OwnAddressTest {
    private static final String SHOP_SECRET = "lf-whsec_secret-of-the-shop";
    private static final String SHOP_KEY = "fedcba9876543210fedcba9876543210";
    private static final String SHOP_SLACK = "/services/T0002/B0002/anotherSecretOfTheShop";

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks)
            .with("fusewire.sources.shop.secrets", SHOP_SECRET)
            .with("fusewire.sources.shop.slack-webhook-url", sinks.slackUrl(SHOP_SLACK))
            .with("fusewire.sources.shop.pagerduty-routing-key", SHOP_KEY)
            .with("fusewire.sources.docs.secrets", "lf-whsec_secret-of-the-docs");

    @Test
    void each_source_reaches_its_own_addresses_and_else_the_shared_ones() {
        gateway.post("/webhooks/langfuse/shop", RunningGateway.fresh("trace-error"), SHOP_SECRET);
        gateway.post("/webhooks/langfuse/docs", RunningGateway.fresh("trace-error"), "lf-whsec_secret-of-the-docs");
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> sinks.pagerDuty().size() == 3
                && sinks.slack().size() == 2
                && sinks.slack(SHOP_SLACK).size() == 1);
        assertThat(sinks.pagerDuty())
                .extracting(event -> event.path("routing_key").asText())
                .containsExactlyInAnyOrder(SHOP_KEY, FakeSinks.ROUTING_KEY, FakeSinks.ROUTING_KEY);
        assertThat(sinks.slack(SHOP_SLACK).get(0).toString()).contains("source shop");
    }

    @Test
    void a_source_is_proven_by_its_own_secret_alone() {
        String event = RunningGateway.fresh("trace-error");
        assertThat(gateway.post("/webhooks/langfuse/shop", event, RunningGateway.SECRET)
                        .statusCode())
                .isEqualTo(401);
        assertThat(gateway.post("/webhooks/langfuse", event, SHOP_SECRET).statusCode())
                .isEqualTo(401);
        assertThat(gateway.store().rows("SELECT key FROM event")).isEmpty();
    }

    @Test
    void a_channel_that_is_gone_costs_no_other_source_an_alert() {
        sinks.slackAnswers(SHOP_SLACK, aResponse().withStatus(404).withBody("no_service"));
        gateway.post("/webhooks/langfuse/shop", RunningGateway.fresh("score-created"), SHOP_SECRET);
        await().until(() -> gateway.store()
                .rows("SELECT name FROM destination WHERE held_until > 0")
                .equals(List.of("shop")));
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> sinks.slack().size() == 1);
        assertThat(gateway.management("GET", "/observe/health/ready?data=true").body())
                .contains("held.slack.shop", "no_service")
                .doesNotContain("held.slack.default");
        sinks.slackAnswers(SHOP_SLACK, aResponse().withStatus(200).withBody("ok"));
        gateway.clock().forward(Duration.ofMinutes(6));
        await().until(() -> sinks.slack(SHOP_SLACK).size() == 2);
    }
}
