package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.http.Fault;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each answer of a sink leads to. Time is put forward; nothing waits for it. */
class DeliveryPolicyTest {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(34);
    private static final String SHOP_SLACK = "/services/T0002/B0002/anotherSecretOfTheShop";
    private static final String SHOP_SECRET = "lf-whsec_secret-of-the-shop";

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks)
            .with("fusewire.sources.shop.secrets", SHOP_SECRET)
            .with("fusewire.sources.shop.slack-webhook-url", sinks.slackUrl(SHOP_SLACK));

    @Test
    void a_slack_that_answers_500_for_a_minute_delays_only_itself() {
        sinks.slackAnswers(aResponse().withStatus(500).withBody("rollup_error"));
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> sinks.pagerDuty().size() == 1);
        awaitSlack("later", 1);
        assertThat(sinks.slack()).as("one attempt and one quick redelivery").hasSize(2);

        gateway.clock().forward(FIRST_WAIT);
        awaitSlack("later", 2);
        gateway.clock().forward(FIRST_WAIT);
        sinks.slackAnswers(aResponse().withStatus(200).withBody("ok"));
        assertThat(deliveries("delivered"))
                .as("the second wait is twice as long")
                .isZero();
        gateway.clock().forward(FIRST_WAIT);
        awaitSlack("delivered", 1);
        assertThat(sinks.slack()).hasSize(5).containsOnly(sinks.slack().get(0));
        assertThat(sinks.pagerDuty()).hasSize(1);
    }

    @Test
    void a_400_is_tried_once_as_plain_text_and_is_a_dead_letter_that_a_replay_delivers() {
        sinks.slackAnswers(aResponse().withStatus(400).withBody("invalid_blocks"));
        gateway.post(RunningGateway.fresh("score-created"));
        awaitSlack("dead", 1);
        assertThat(sinks.slack()).hasSize(2);
        assertThat(sinks.slack().get(0).has("blocks")).isTrue();
        assertThat(sinks.slack().get(1).has("blocks")).isFalse();

        JsonNode deadLetter = gateway.json("/admin/dead-letters").path(0);
        assertThat(deadLetter.path("reason").asText()).isEqualTo("answered 400 invalid_blocks");
        sinks.slackAnswers(aResponse().withStatus(200).withBody("ok"));
        assertThat(gateway.management(
                                "POST",
                                "/admin/dead-letters/" + deadLetter.path("id").asText() + "/replay")
                        .body())
                .isEqualTo("{\"replayed\":1}");
        awaitSlack("delivered", 1);
        assertThat(gateway.json("/admin/dead-letters")).isEmpty();
        assertThat(sinks.slack()).hasSize(3);
    }

    @Test
    void a_400_that_is_not_about_the_message_is_final_at_once() {
        sinks.pagerDutyAnswers(aResponse().withStatus(400).withBody("{\"status\":\"invalid event\"}"));
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> gateway.metric("fusewire_dead_letters{sink=\"pagerduty\"}") == 1);
        assertThat(sinks.pagerDuty()).hasSize(1);
    }

    @Test
    void a_429_holds_its_own_address_for_as_long_as_it_asks_and_counts_as_no_attempt() {
        sinks.slackAnswers(
                FakeSinks.SLACK_SECRET,
                aResponse().withStatus(429).withHeader("Retry-After", "70").withBody("rate_limited"));
        gateway.post(RunningGateway.fresh("score-created"));
        awaitSlack("held", 1);
        gateway.post(RunningGateway.fresh("score-created"));
        gateway.post("/webhooks/langfuse/shop", RunningGateway.fresh("score-created"), SHOP_SECRET);
        await().until(() -> sinks.slack(SHOP_SLACK).size() == 1);
        gateway.clock().forward(Duration.ofSeconds(60));
        gateway.post("/webhooks/langfuse/shop", RunningGateway.fresh("score-created"), SHOP_SECRET);
        await().until(() -> sinks.slack(SHOP_SLACK).size() == 2);
        assertThat(sinks.slack()).as("the client's own retries are off").hasSize(1);

        sinks.slackAnswers(FakeSinks.SLACK_SECRET, aResponse().withStatus(500));
        gateway.clock().forward(Duration.ofSeconds(15));
        awaitSlack("later", 1);
        assertThat(gateway.metric("fusewire_redeliveries_total{sink=\"slack\"}"))
                .as("a first attempt still, with its quick redelivery")
                .isEqualTo(1);
    }

    @Test
    void a_revoked_address_rests_and_readiness_says_so_and_stays_up() {
        sinks.slackAnswers(aResponse().withStatus(410).withBody("channel_is_archived"));
        gateway.post(RunningGateway.fresh("score-created"));
        awaitSlack("held", 1);
        assertThat(gateway.management("GET", "/observe/health/ready?data=true"))
                .satisfies(ready -> assertThat(ready.statusCode()).isEqualTo(200))
                .satisfies(ready -> assertThat(ready.body()).contains("held.slack.default", "channel_is_archived"));
        sinks.slackAnswers(aResponse().withStatus(200).withBody("ok"));
        gateway.clock().forward(Duration.ofMinutes(6));
        awaitSlack("delivered", 1);
    }

    @Test
    void a_redirect_garbage_and_a_closed_connection_are_failures_that_pass() {
        sinks.slackAnswers(aResponse().withStatus(302).withHeader("Location", sinks.slackUrl("/services/elsewhere")));
        gateway.post(RunningGateway.fresh("score-created"));
        awaitSlack("later", 1);
        assertThat(sinks.slack("/services/elsewhere")).isEmpty();
        sinks.slackAnswers(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
        gateway.clock().forward(FIRST_WAIT);
        awaitSlack("later", 2);
        sinks.slackAnswers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        gateway.clock().forward(FIRST_WAIT.multipliedBy(2));
        awaitSlack("later", 3);
        sinks.slackAnswers(aResponse().withStatus(200).withBody("ok"));
        gateway.clock().forward(FIRST_WAIT.multipliedBy(4));
        awaitSlack("delivered", 1);
    }

    @Test
    void after_a_day_it_gives_up() {
        sinks.slackAnswers(aResponse().withStatus(503));
        gateway.post(RunningGateway.fresh("score-created"));
        awaitSlack("later", 1);
        gateway.clock().forward(Duration.ofHours(24));
        awaitSlack("dead", 1);
        assertThat(gateway.json("/admin/dead-letters").path(0).path("reason").asText())
                .isEqualTo("gave up after PT24H: answered 503");
    }

    @Test
    void a_restart_forgets_no_attempt_and_no_wait() {
        sinks.slackAnswers(aResponse().withStatus(500));
        gateway.post(RunningGateway.fresh("score-created"));
        awaitSlack("later", 1);
        gateway.close();
        int before = sinks.slack().size();
        sinks.slackAnswers(aResponse().withStatus(200).withBody("ok"));
        gateway.start();
        gateway.post("/webhooks/langfuse/shop", RunningGateway.fresh("score-created"), SHOP_SECRET);
        await().until(() -> sinks.slack(SHOP_SLACK).size() == 1);
        assertThat(sinks.slack()).as("its wait isn't over").hasSize(before);
        gateway.clock().forward(FIRST_WAIT);
        awaitSlack("delivered", 2);
        assertThat(gateway.metric("fusewire_redeliveries_total{sink=\"slack\"}"))
                .as("its first attempt is remembered")
                .isEqualTo(1);
    }

    @Test
    void nothing_of_the_request_or_of_camel_reaches_a_sink_as_a_header() {
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> sinks.pagerDuty().size() == 1 && sinks.slack().size() == 1);
        for (String path : new String[] {FakeSinks.SLACK_SECRET, "/v2/enqueue"}) {
            assertThat(sinks.requests(path).get(0).getHeaders().keys())
                    .map(String::toLowerCase)
                    .isSubsetOf(
                            "host",
                            "content-type",
                            "content-length",
                            "user-agent",
                            "accept-encoding",
                            "connection",
                            "transfer-encoding");
        }
    }

    private void awaitSlack(String outcome, int count) {
        await().until(() -> deliveries(outcome) == count);
    }

    private double deliveries(String outcome) {
        return gateway.metric("fusewire_deliveries_total{outcome=\"" + outcome + "\",sink=\"slack\"}");
    }
}
