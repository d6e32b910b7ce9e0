package io.fusewire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.signature.Signature;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event goes all the way: the default rules, the messages that arrive, the counters. */
class EndToEndTest {
    private static final String SHOP_SLACK = "/services/T0002/B0002/anotherSecretOfTheShop";

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks)
            .with("fusewire.sources.shop.secrets", "lf-whsec_secret-of-the-shop")
            .with("fusewire.sources.shop.slack-webhook-url", sinks.slackUrl(SHOP_SLACK));

    @Test
    void an_error_in_a_plain_hex_envelope_reaches_slack_and_pagerduty_once() {
        String body =
                """
                {"event":"trace.updated","timestamp":"2026-08-22T08:21:04.250Z","data":{"projectId":"p1",
                 "traceId":"t-42","level":"ERROR","statusMessage":"the model is <!channel> & gone"}}""";
        String signature = Signature.plain(body.getBytes(StandardCharsets.UTF_8), RunningGateway.SECRET);
        assertThat(gateway.send(gateway.request("/webhooks/langfuse")
                                .header("x-langfuse-signature", signature)
                                .POST(HttpRequest.BodyPublishers.ofString(body)))
                        .body())
                .isEqualTo("{\"received\":true}");
        await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);

        JsonNode blocks = sinks.slack().get(0).path("blocks");
        assertThat(blocks.path(0).path("type").asText()).isEqualTo("header");
        assertThat(blocks.toString())
                .contains("t-42", "the model is &lt;!channel&gt; &amp; gone", "View trace")
                .contains("https://cloud.langfuse.com/project/p1/traces/t-42");
        JsonNode trigger = sinks.pagerDuty().get(0);
        assertThat(trigger.path("event_action").asText()).isEqualTo("trigger");
        assertThat(trigger.path("routing_key").asText()).isEqualTo(FakeSinks.ROUTING_KEY);
        assertThat(trigger.at("/payload/severity").asText()).isEqualTo("critical");
        assertThat(trigger.at("/payload/summary").asText()).contains("t-42", "the model is <!channel> & gone");
    }

    @Test
    void the_same_event_twice_fires_once() {
        String body = RunningGateway.example("trace-error");
        assertThat(gateway.post(body).body()).isEqualTo("{\"received\":true}");
        assertThat(gateway.post(body).body()).isEqualTo("{\"received\":true,\"duplicate\":true}");
        settled(2);
        assertThat(sinks.slack()).hasSize(1);
        assertThat(sinks.pagerDuty()).hasSize(1);
    }

    /** From a bridge whose clock tells seconds. */
    @Test
    void two_states_of_one_trace_in_the_same_second_are_both_kept_where_the_bridge_gives_no_ids() {
        String state =
                "{\"event\":\"trace.updated\",\"timestamp\":\"2026-08-22T08:21:04Z\",\"data\":{\"projectId\":\"p1\","
                        + "\"traceId\":\"t-42\",\"level\":\"%s\"}}";
        String well = state.formatted("DEFAULT");
        String failed = state.formatted("ERROR");
        for (String first : List.of(well, failed)) {
            assertThat(gateway.post(first).body()).isEqualTo("{\"received\":true}");
        }
        for (String again : List.of(failed, well)) {
            assertThat(gateway.post(again).body()).isEqualTo("{\"received\":true,\"duplicate\":true}");
        }
        assertThat(gateway.store().rows("SELECT body FROM event ORDER BY id")).containsExactly(well, failed);
        settled(2);
        assertThat(sinks.pagerDuty()).as("the one that failed").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "score.created, 0.2,         1",
        "score.updated, 0.2,         1",
        "score.created, 0,           1",
        "score.created, 0.5,         0",
        "score.created, 0.91,        0",
        "score.created, true,        0",
        "score.created, '\"0.2\"',   0",
        "score.created, '\"bad\"',   0",
        "score.created, null,        0",
        "score.created, {},          0",
        "trace.created, 0.2,         0"
    })
    void a_numeric_score_below_the_threshold_reaches_slack_alone(String type, String value, int messages) {
        gateway.post(
                "{\"event\":\"" + type + "\",\"timestamp\":\"2026-08-22T08:23:03.118Z\",\"data\":{\"scoreId\":\"s\","
                        + "\"name\":\"hallucination\",\"value\":" + value + "}}");
        settled(messages);
        assertThat(sinks.slack()).hasSize(messages);
        assertThat(sinks.pagerDuty()).isEmpty();
    }

    @Test
    void a_score_below_zero_is_on_the_metrics_page() {
        gateway.post(RunningGateway.fresh("score-created").replace("\"value\": 0.2", "\"value\": -0.4"));
        await().until(() -> gateway.metric("fusewire_scores_count{name=\"hallucination\"}") == 1);
        assertThat(gateway.metric("fusewire_scores_below_zero_sum{name=\"hallucination\"}"))
                .isEqualTo(0.4);
        assertThat(gateway.metric("fusewire_scores_at_most_total{bound=\"-0.5\",name=\"hallucination\"}"))
                .isZero();
        assertThat(gateway.metric("fusewire_scores_at_most_total{bound=\"0.0\",name=\"hallucination\"}"))
                .isEqualTo(1);
    }

    @Test
    void tokens_and_cost_are_counted_by_model_and_kind() {
        gateway.post(RunningGateway.fresh("generation-created"));
        gateway.post(RunningGateway.fresh("generation-created"));
        settled(0);
        assertThat(gateway.metric("fusewire_llm_tokens_total{kind=\"input\",model=\"gpt-4o\"}"))
                .isEqualTo(1_624);
        assertThat(gateway.metric("fusewire_llm_tokens_total{kind=\"output\",model=\"gpt-4o\"}"))
                .isEqualTo(328);
        assertThat(gateway.metric("fusewire_llm_cost_usd_total{model=\"gpt-4o\"}"))
                .isEqualTo(0.00734);
        assertThat(
                        gateway.metric(
                                "gen_ai_client_token_usage_count{gen_ai_operation_name=\"chat\","
                                        + "gen_ai_provider_name=\"unknown\",gen_ai_request_model=\"gpt-4o\",gen_ai_token_type=\"input\"}"))
                .isEqualTo(2);
        assertThat(sinks.slack()).isEmpty();
    }

    @Test
    void a_monitors_alert_and_its_recovery_are_one_incident_in_this_order() {
        gateway.post(RunningGateway.example("monitor-alert"));
        gateway.post(RunningGateway.example("monitor-alert-ok"));
        await().until(() -> sinks.pagerDuty().size() == 2 && sinks.slack().size() == 2);
        assertThat(sinks.pagerDuty())
                .extracting(request -> request.path("event_action").asText())
                .containsExactly("trigger", "resolve");
        assertThat(sinks.pagerDuty())
                .extracting(request -> request.path("dedup_key").asText())
                .containsOnly("langfuse:default:clx0proj00000aa1b2c3d4e5f:cmemonitor0001");
    }

    @ParameterizedTest
    @CsvSource({"WARNING, warning", "NO_DATA, warning", "ALERT, critical"})
    void a_monitors_severity_becomes_pagerdutys_word(String theirs, String ours) {
        gateway.post(RunningGateway.example("monitor-alert")
                .replace("\"severity\": \"ALERT\"", "\"severity\": \"" + theirs + "\""));
        await().until(() -> sinks.pagerDuty().size() == 1);
        assertThat(sinks.pagerDuty().get(0).at("/payload/severity").asText()).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "created, production, 1",
        "created, staging,    1",
        "updated, production, 1",
        "updated, staging,    0",
        "updated, non-production, 0",
        "deleted, staging,    1"
    })
    void a_prompt_reaches_slack_when_it_is_new_gone_or_in_production(String action, String label, int messages) {
        gateway.post(RunningGateway.example("prompt-version")
                .replace("\"action\": \"created\"", "\"action\": \"" + action + "\"")
                .replace("\"production\", \"latest\"", "\"" + label + "\""));
        settled(messages);
        assertThat(sinks.slack()).hasSize(messages);
        assertThat(sinks.pagerDuty()).isEmpty();
    }

    @Test
    void a_named_source_has_its_own_channel_and_shares_what_it_has_not() {
        gateway.post("/webhooks/langfuse/shop", RunningGateway.fresh("trace-error"), "lf-whsec_secret-of-the-shop");
        await().until(() -> sinks.pagerDuty().size() == 1);
        await().until(() -> sinks.slack(SHOP_SLACK).size() == 1);
        assertThat(sinks.slack()).isEmpty();
        assertThat(gateway.metric("fusewire_source_last_event_timestamp_seconds{source=\"shop\"}"))
                .isPositive();
    }

    @Test
    void an_unknown_type_is_kept_and_counted_and_fires_nothing() {
        gateway.post("{\"type\":\"dataset-run\",\"id\":\"1\"}");
        settled(0);
        assertThat(gateway.metric("fusewire_events_total{outcome=\"quiet\",source=\"default\",type=\"dataset-run\"}"))
                .isEqualTo(1);
        assertThat(List.of(sinks.slack(), sinks.pagerDuty())).allMatch(List::isEmpty);
    }

    /** Until the rules have run for all that was accepted, and so many deliveries have ended well. */
    private void settled(int deliveries) {
        await().until(() -> gateway.metric("fusewire_events_waiting") == 0
                && gateway.metric("fusewire_deliveries_total{outcome=\"delivered\",sink=\"slack\"}")
                                + gateway.metric("fusewire_deliveries_total{outcome=\"delivered\",sink=\"pagerduty\"}")
                        >= deliveries
                && decided() > 0);
    }

    private double decided() {
        return gateway.management("GET", "/observe/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("fusewire_events_total{"))
                .count();
    }
}
