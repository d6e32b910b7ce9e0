package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alerts of one cause are one conversation, which closes itself. */
class IncidentConversationTest {
    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks)
            .with("rules.trace-error.group-by", "source,project,error")
            .with("rules.monitor-alert.group-by", "source,project,monitor");

    @Test
    void errors_of_one_kind_are_one_message_that_develops_and_closes() {
        errors(1);
        told(1);
        errors(4);
        await().until(() -> incident().path("count").asInt() == 5);
        await().until(() -> gateway.metric("fusewire_incidents_open{rule=\"trace-error\",severity=\"critical\"}") == 1);
        gateway.clock().forward(Duration.ofMinutes(5));
        told(2);
        gateway.clock().forward(Duration.ofMinutes(15));
        told(3);
        assertThat(sinks.slack().stream().map(message -> message.path("text").asText()))
                .satisfiesExactly(
                        opened -> assertThat(opened).startsWith("Critical: error in trace"),
                        developing -> assertThat(developing).startsWith("Critical: errors in traces – 5 in"),
                        closed -> assertThat(closed).startsWith("Closed: errors in traces – 5 in"));
        assertThat(sinks.pagerDuty().stream()
                        .map(event -> event.path("event_action").asText()))
                .containsExactly("trigger", "trigger", "resolve");
        assertThat(sinks.pagerDuty().stream().map(event -> event.path("dedup_key")))
                .containsOnly(sinks.pagerDuty().get(0).path("dedup_key"));
        assertThat(incident().path("reason").asText()).isEqualTo("quiet");
        await().until(() -> gateway.metric("fusewire_reconciliation_difference") == 0);
        assertThat(gateway.metric("fusewire_incidents_opened_total{rule=\"trace-error\"}"))
                .isEqualTo(1);
        assertThat(gateway.metric("fusewire_incidents_closed_total{reason=\"quiet\",rule=\"trace-error\"}"))
                .isEqualTo(1);
        assertThat(gateway.metric("fusewire_incident_alerts_total{outcome=\"joined\",rule=\"trace-error\"}"))
                .isEqualTo(5);
        for (String kind : List.of("opened", "developing", "closed")) {
            await().until(() ->
                    gateway.metric("fusewire_incident_messages_total{kind=\"" + kind + "\",sink=\"slack\"}") == 1);
        }
        assertThat(gateway.metric("fusewire_delivery_latency_seconds_count{sink=\"slack\"}"))
                .as("what later messages tell happened since")
                .isEqualTo(1);
    }

    @Test
    void a_monitor_s_own_recovery_closes_its_incident() {
        gateway.post(RunningGateway.example("monitor-alert"));
        await().until(() -> sinks.pagerDuty().size() == 1);
        gateway.post(RunningGateway.example("monitor-alert-ok"));
        await().until(() -> sinks.pagerDuty().size() == 2 && sinks.slack().size() == 2);
        assertThat(sinks.pagerDuty().get(1).path("event_action").asText()).isEqualTo("resolve");
        assertThat(incident().path("reason").asText()).isEqualTo("recovered");
    }

    @Test
    void an_alarm_that_arrives_after_its_later_recovery_pages_nobody() {
        Instant recovered = gateway.clock().instant().minus(Duration.ofMinutes(10));
        gateway.post(stamped("monitor-alert-ok", recovered));
        gateway.post(stamped("monitor-alert", recovered.minus(Duration.ofMinutes(5))));
        await().until(() ->
                gateway.metric("fusewire_incident_alerts_total{outcome=\"late\",rule=\"monitor-alert\"}") == 1);
        assertThat(incident().path("reason").asText()).isEqualTo("recovered");
        Instant again = recovered.plus(Duration.ofMinutes(5));
        gateway.post(stamped("monitor-alert", again));
        told(1);
        assertThat(sinks.pagerDuty().stream().map(event -> event.at("/payload/custom_details/timestamp")
                        .asText()))
                .as("only what is newer than the recovery")
                .containsExactly(again.toString());
        assertThat(sinks.slack()).hasSize(1);
    }

    @Test
    void one_is_acknowledged_and_closed_by_hand() {
        errors(1);
        await().until(() -> sinks.slack().size() == 1);
        String path = "/admin/incidents/" + incident().path("id").asText();
        assertThat(gateway.management("POST", path + "/acknowledge?by=on-call").statusCode())
                .isEqualTo(200);
        assertThat(gateway.management("POST", path + "/close?by=on-call&why=mended")
                        .statusCode())
                .isEqualTo(200);
        await().until(() -> sinks.slack().size() == 2);
        JsonNode closed = gateway.json(path);
        assertThat(closed.path("reason").asText()).isEqualTo("by-hand");
        assertThat(closed.path("by").asText()).isEqualTo("on-call");
        assertThat(closed.path("events")).hasSize(1);
        assertThat(closed.path("sinks").findValuesAsText("sink")).containsExactlyInAnyOrder("slack", "pagerduty");
        assertThat(gateway.management("POST", "/admin/incidents/99/close").statusCode())
                .isEqualTo(404);
        assertThat(gateway.json("/admin/incidents?state=open").path("incidents"))
                .isEmpty();
    }

    @Test
    void who_closes_one_is_not_who_acknowledged_it_and_both_say_why() {
        errors(1);
        told(1);
        String path = "/admin/incidents/" + incident().path("id").asText();
        gateway.management("POST", path + "/acknowledge?by=ada&why=I+look+at+it");
        assertThat(incident().path("by").asText()).isEqualTo("ada");
        assertThat(incident().path("why").asText()).isEqualTo("I look at it");
        gateway.management("POST", path + "/close");
        told(2);
        assertThat(incident().has("by")).isFalse();
        assertThat(incident().has("why")).isFalse();
        assertThat(sinks.slack().get(1).toString())
                .contains("Closed by hand: error in trace")
                .doesNotContain("ada")
                .doesNotContain("closed it");
    }

    @Test
    void an_acknowledgement_without_a_name_names_nobody() {
        errors(1);
        told(1);
        gateway.management("POST", "/admin/incidents/1/acknowledge");
        assertThat(incident().has("acknowledged")).isTrue();
        assertThat(incident().has("by")).isFalse();
        errors(1);
        await().until(() -> incident().path("count").asInt() == 2);
        gateway.clock().forward(Duration.ofMinutes(5));
        told(2);
        assertThat(sinks.slack().get(1).toString()).doesNotContain("cknowledged");
    }

    @Test
    void one_is_silenced_by_what_it_groups_by_and_told_when_the_silence_ends() {
        errors(1);
        told(1);
        errors(1);
        await().until(() -> incident().path("count").asInt() == 2);
        String silence =
                "/admin/incidents/" + incident().path("id").asText() + "/silence?for=10m&by=on-call&why=a+deploy";
        JsonNode made = GatewayExtension.json(gateway.management("POST", silence));
        assertThat(made.path("matchers").findValuesAsText("label"))
                .containsExactlyInAnyOrder("rule", "source", "project", "error");
        assertThat(GatewayExtension.json(gateway.management("POST", silence)).path("id"))
                .as("a second time")
                .isEqualTo(made.path("id"));
        assertThat(incident().path("held").asText()).isEqualTo("silence 1");
        gateway.clock().forward(Duration.ofMinutes(5));
        errors(1);
        await().until(() -> incident().path("count").asInt() == 3);
        assertThat(gateway.json("/admin/incidents/1").path("sinks").findValuesAsText("reason"))
                .as("what waited, too")
                .containsExactly("silence 1", "silence 1");
        gateway.clock().forward(Duration.ofMinutes(6));
        told(2);
        assertThat(sinks.slack().get(1).path("text").asText()).contains("3 in 5 min");
        assertThat(gateway.management("POST", "/admin/incidents/9/silence?for=1h&by=a&why=b")
                        .statusCode())
                .isEqualTo(404);
        assertThat(gateway.management("POST", "/admin/incidents/1/silence?for=long&by=a&why=b")
                        .body())
                .contains("for is a duration such as 30m, 2h or 7d.");
    }

    @Test
    void one_that_closes_while_it_is_silenced_is_closed_where_it_was_told() {
        errors(1);
        told(1);
        errors(1);
        await().until(() -> incident().path("count").asInt() == 2);
        gateway.management("POST", "/admin/incidents/1/silence?for=10h&by=on-call&why=a+deploy");
        gateway.clock().forward(Duration.ofMinutes(16));
        await().until(() -> sinks.pagerDuty().size() == 2);
        assertThat(sinks.pagerDuty().get(1).path("event_action").asText()).isEqualTo("resolve");
        await().until(() -> gateway.metric("fusewire_reconciliation_difference") == 0);
    }

    @Test
    void an_alert_that_a_silence_holds_joins_and_is_counted_as_silenced() {
        errors(1);
        await().until(() -> sinks.slack().size() == 1);
        gateway.management("POST", "/admin/incidents/1/silence?for=1h&by=on-call&why=a+deploy");
        errors(1);
        await().until(() -> incident().path("count").asInt() == 2);
        assertThat(gateway.metric("fusewire_alerts_total{outcome=\"silenced\",rule=\"trace-error\","
                        + "severity=\"critical\",sink=\"slack\"}"))
                .isEqualTo(1);
        JsonNode told = GatewayExtension.json(
                        gateway.management("POST", "/admin/explain", RunningGateway.example("trace-error")))
                .path("sinks")
                .path(0);
        assertThat(told.path("suppressed").asText()).isEqualTo("silence 1");
        assertThat(told.path("incident")).isEqualTo(incident().path("key"));
    }

    @Test
    void why_tells_the_incident_that_an_event_joined() {
        errors(1);
        await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
        List<String> joined = gateway.store().rows("SELECT count(*) FROM alert");
        assertThat(joined).containsExactly("1");
    }

    /** What a monitor found at a time. */
    private static String stamped(String example, Instant time) {
        return RunningGateway.example(example).replaceAll("\"2026-08-22T08:[23]1:00.000Z\"", "\"" + time + "\"");
    }

    private void errors(int count) {
        for (int i = 0; i < count; i++) {
            gateway.post(RunningGateway.fresh("trace-error"));
        }
    }

    /** Each sink has had so many messages, and the store knows it: the clock may go on. */
    private void told(int messages) {
        for (String sink : List.of("slack", "pagerduty")) {
            await().until(() -> gateway.metric("fusewire_deliveries_total{outcome=\"delivered\",sink=\"" + sink + "\"}")
                    == messages);
        }
    }

    /** The newest. */
    private JsonNode incident() {
        return gateway.json("/admin/incidents").path("incidents").path(0);
    }
}
