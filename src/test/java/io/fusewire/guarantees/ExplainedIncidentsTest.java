package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an event would do to incidents is told before it comes; and to tell it changes nothing. */
class ExplainedIncidentsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks)
            .with("rules.trace-error.group-by", "source,project,error")
            .with("rules.monitor-alert.group-by", "source,project,monitor");

    @Test
    void the_incident_that_an_alert_would_open_or_join_is_told() throws IOException {
        JsonNode opened = incident(explain(RunningGateway.example("trace-error")));
        assertThat(opened.path("is").asText()).isEqualTo("opened");
        String dedupKey = message(explain(RunningGateway.example("trace-error")), "pagerduty")
                .path("dedup_key")
                .asText();
        assertThat(dedupKey).isEqualTo(opened.path("key").asText());
        assertThat(opened.has("id")).isFalse();
        assertThat(opened.path("group").path("error").asText()).isEqualTo("# Too Many Requests from provider");
        assertThat(opened.path("groupWait").asText()).isEqualTo("0s");
        assertThat(opened.path("groupInterval").asText()).isEqualTo("5m");
        assertThat(opened.path("repeatInterval").asText()).isEqualTo("off");
        assertThat(opened.path("resolveAfter").asText()).isEqualTo("15m");
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> told("open") == 2);
        assertThat(sinks.pagerDuty().get(0).path("dedup_key").asText()).isEqualTo(dedupKey);
        gateway.management("POST", "/admin/incidents/1/acknowledge?by=on-call");
        JsonNode told = explain(RunningGateway.fresh("trace-error"));
        JsonNode joined = incident(told);
        assertThat(joined.path("is").asText()).isEqualTo("joined");
        assertThat(joined.path("id").asInt()).isEqualTo(1);
        assertThat(joined.path("count").asInt()).isEqualTo(2);
        assertThat(joined.path("key")).isEqualTo(opened.path("key"));
        assertThat(joined.path("acknowledged").asText()).isEqualTo("on-call");
        assertThat(message(told, "slack").path("text").asText()).startsWith("Critical: errors in traces – 2 in");
        assertThat(gateway.store().rows("SELECT count FROM incident")).containsExactly("1");
        assertThat(gateway.store().rows("SELECT count(*) FROM event")).containsExactly("1");
    }

    @Test
    void a_recovery_would_close_what_is_open_and_nothing_else() throws IOException {
        JsonNode nothing = explain(RunningGateway.example("monitor-alert-ok"));
        assertThat(incident(nothing).path("is").asText()).isEqualTo("closed");
        assertThat(incident(nothing).path("count").asInt()).isZero();
        assertThat(message(nothing, "pagerduty")).isNull();
        gateway.post(RunningGateway.example("monitor-alert"));
        await().until(() -> told("open") == 2);
        JsonNode told = explain(RunningGateway.example("monitor-alert-ok"));
        assertThat(incident(told).path("is").asText()).isEqualTo("closed");
        assertThat(incident(told).path("id").asInt()).isEqualTo(1);
        assertThat(message(told, "pagerduty").path("event_action").asText()).isEqualTo("resolve");
        gateway.post(RunningGateway.example("monitor-alert-ok"));
        await().until(() -> told("closed") == 2);
        JsonNode late = explain(RunningGateway.example("monitor-alert")
                .replaceAll(
                        "(\"timestamp\": *)\"[^\"]+\"", "$1\"" + Instant.now().minusSeconds(60) + "\""));
        assertThat(incident(late).path("is").asText()).isEqualTo("late");
        assertThat(message(late, "pagerduty")).isNull();
    }

    @Test
    void what_would_hold_an_incident_back_is_told() throws IOException {
        gateway.close();
        gateway.withFile(
                "routes/rules/own.camel.yaml",
                "- route: {id: own-rules, description: Every error., from: {uri: 'fusewire:events', steps: [{filter: {id:"
                        + " own, simple: \"${header.type} == 'slow'\", steps: [{to: {id: own-alert, uri:"
                        + " 'fusewire:alert/own', parameters: {severity: warning, sinks: slack, groupBy: project, unless: trace-error}}}]}}]}}");
        gateway.start();
        String slow = "{\"event\": \"slow\", \"data\": {\"projectId\": \"demo\", \"traceId\": \"t1\"}}";
        String error = slow.replace("\"slow\"", "\"trace.updated\"").replace("}}", ", \"level\": \"ERROR\"}}");
        assertThat(incident(explain(slow)).has("held")).isFalse();
        gateway.post(error);
        await().until(() -> told("open") == 2);
        JsonNode told = explain(slow);
        assertThat(incident(told).path("unless").asText()).isEqualTo("trace-error");
        assertThat(incident(told).path("held").asText()).isEqualTo("rule trace-error has an open incident");
        assertThat(told.path("sinks").path(0).path("suppressed").asText())
                .isEqualTo("rule trace-error has an open incident");
        assertThat(message(told, "slack")).isNotNull();
    }

    /** How many sinks have been told so, which is written down. */
    private int told(String state) {
        return gateway.store()
                .rows("SELECT sink FROM delivery WHERE told_state = '" + state + "'")
                .size();
    }

    private JsonNode explain(String event) throws IOException {
        return JSON.readTree(gateway.management("POST", "/admin/explain", event).body());
    }

    private static JsonNode message(JsonNode told, String sink) {
        for (JsonNode one : told.path("sinks")) {
            if (one.path("sink").asText().equals(sink)) {
                return one.get("message");
            }
        }
        return null;
    }

    private static JsonNode incident(JsonNode told) {
        assertThat(told.path("incidents")).hasSize(1);
        return told.path("incidents").path(0);
    }
}
