package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The finer points of the policy: how often, how long, in which order, and what a restart leaves as it was. */
class DeliveryEdgesTest {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(34);

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks).startedByTest();

    @ParameterizedTest
    @CsvSource({"0, 500", "0, 503", "2, 503", "2, 408"})
    void an_attempt_is_one_request_and_its_quick_redeliveries_with_the_same_bytes(int redeliveries, int status) {
        gateway.with("fusewire.delivery.redeliveries", String.valueOf(redeliveries));
        alertWhileSlackAnswers(aResponse().withStatus(status).withHeader("Retry-After", "60"));
        awaitState("waiting 1");
        assertThat(sinks.requests(FakeSinks.SLACK_SECRET))
                .hasSize(1 + redeliveries)
                .extracting(LoggedRequest::getBodyAsString)
                .containsOnly(sinks.requests(FakeSinks.SLACK_SECRET).get(0).getBodyAsString());
        assertThat(gateway.metric("fusewire_redeliveries_total{sink=\"slack\"}"))
                .isEqualTo(redeliveries);
    }

    @Test
    void each_wait_is_twice_the_one_before_up_to_an_hour() {
        gateway.with("fusewire.delivery.redeliveries", "0");
        alertWhileSlackAnswers(aResponse().withStatus(500));
        long expected = 30_000;
        for (int attempts = 1; attempts <= 9; attempts++) {
            awaitState("waiting " + attempts);
            long wait = Long.parseLong(row("due_at")) - gateway.clock().millis();
            assertThat(wait).isBetween((long) (expected * 0.9) - 5_000, Math.min((long) (expected * 1.1), 3_600_000));
            gateway.clock().forward(Duration.ofMillis(wait + 1));
            expected = Math.min(expected * 2, 4_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void an_address_that_slack_calls_gone_rests_without_an_attempt(int status) {
        alertWhileSlackAnswers(aResponse().withStatus(status).withBody("no_service"));
        await().until(() -> !store("SELECT held_until FROM destination WHERE sink = 'slack' AND held_until > 0")
                .isEmpty());
        gateway.post(RunningGateway.fresh("score-created"));
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> sinks.pagerDuty().size() == 1);
        assertThat(sinks.slack()).as("one question, no redelivery").hasSize(1);
        assertThat(store("SELECT state, attempts FROM delivery WHERE sink = 'slack'"))
                .containsOnly("waiting 0");
        sinks.slackAnswers(aResponse().withStatus(200).withBody("ok"));
        gateway.clock().forward(Duration.ofMinutes(6));
        await().until(() -> sinks.slack().size() == 4);
    }

    @Test
    void a_recovery_waits_for_its_alert() {
        sinks.pagerDutyAnswers(aResponse().withStatus(500));
        gateway.start();
        gateway.post(RunningGateway.example("monitor-alert"));
        gateway.post(RunningGateway.example("monitor-alert-ok"));
        await().until(() -> sinks.slack().size() == 2);
        await().until(() -> store("SELECT state, attempts FROM delivery WHERE sink = 'pagerduty' ORDER BY id")
                .equals(List.of("waiting 1", "waiting 0")));
        int failed = sinks.pagerDuty().size();
        sinks.pagerDutyAnswers(aResponse().withStatus(202).withBody("{}"));
        gateway.clock().forward(FIRST_WAIT);
        await().until(() -> sinks.pagerDuty().size() == failed + 2);
        assertThat(sinks.pagerDuty())
                .extracting(event -> event.path("event_action").asText())
                .endsWith("trigger", "resolve")
                .containsOnlyOnce("resolve");
    }

    @Test
    void a_connection_that_is_refused_is_tried_again_and_the_reason_names_no_path() {
        gateway.with("sinks.slack.webhook-url", "http://localhost:1" + FakeSinks.SLACK_SECRET);
        gateway.start();
        gateway.post(RunningGateway.fresh("score-created"));
        awaitState("waiting 1");
        assertThat(row("reason")).contains("Connection refused").doesNotContain("services");
    }

    @Test
    void a_sink_without_an_address_keeps_its_alerts_as_suppressed() {
        gateway.without("sinks.slack.webhook-url");
        gateway.start();
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> sinks.pagerDuty().size() == 1);
        assertThat(store("SELECT state, reason FROM delivery WHERE sink = 'slack'"))
                .containsExactly("suppressed sinks.slack.webhook-url is not set");
        assertThat(gateway.management("GET", "/admin/dead-letters").body()).isEqualTo("[]");
        assertThat(gateway.metric("fusewire_alerts_total{outcome=\"suppressed\",rule=\"trace-error\","
                        + "severity=\"critical\",sink=\"slack\"}"))
                .isEqualTo(1);
    }

    @Test
    void what_is_in_flight_at_a_close_is_finished_and_not_repeated() {
        alertWhileSlackAnswers(aResponse().withFixedDelay(800).withStatus(200).withBody("ok"));
        await().until(() ->
                store("SELECT id FROM delivery WHERE leased_until > 0").size() == 1);
        gateway.close();
        assertThat(store("SELECT state, attempts FROM delivery")).containsExactly("delivered 1");
        gateway.start();
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> store("SELECT state FROM delivery").equals(List.of("delivered", "delivered")));
        assertThat(sinks.slack()).hasSize(2);
    }

    @Test
    void an_alert_between_quick_redeliveries_at_a_close_is_sent_after_the_restart() {
        gateway.with("fusewire.delivery.redelivery-delay", "2s");
        alertWhileSlackAnswers(aResponse().withStatus(500));
        await().until(() -> sinks.slack().size() == 1);
        long before = System.nanoTime();
        gateway.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        // Its reason is the answer, or the stop, whichever came first.
        assertThat(store("SELECT state FROM delivery")).containsExactly("waiting");
        sinks.slackAnswers(aResponse().withStatus(200).withBody("ok"));
        gateway.start();
        gateway.clock().forward(FIRST_WAIT);
        await().until(() -> store("SELECT state FROM delivery").equals(List.of("delivered")));
    }

    /** Starts the gateway, and has it raise an alert for Slack. */
    private void alertWhileSlackAnswers(ResponseDefinitionBuilder answer) {
        sinks.slackAnswers(answer);
        gateway.start();
        gateway.post(RunningGateway.fresh("score-created"));
    }

    private void awaitState(String stateAndAttempts) {
        await().until(() -> store("SELECT state, attempts FROM delivery").equals(List.of(stateAndAttempts)));
    }

    private String row(String column) {
        return store("SELECT " + column + " FROM delivery").get(0);
    }

    private List<String> store(String query) {
        return gateway.store().rows(query);
    }
}
