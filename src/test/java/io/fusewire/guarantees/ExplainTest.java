package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.testing.ExampleEvents;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is explained is what happens; and to explain it changes nothing. */
class ExplainTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"";

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks);

    @Test
    void each_example_is_delivered_as_it_was_explained() throws IOException {
        for (String example : ExampleEvents.names()) {
            String event = RunningGateway.example(example);
            JsonNode told = explain(event);
            assertThat(gateway.post(event).body()).as(example).isEqualTo("{\"received\":true}");
            for (String sink : List.of("slack", "pagerduty")) {
                JsonNode message = message(told, sink);
                if (message != null) {
                    await().until(() -> !received(sink, message).isEmpty());
                }
            }
        }
        await().until(() -> gateway.metric("fusewire_events_waiting") == 0
                && gateway.metric("fusewire_deliveries_waiting{sink=\"slack\"}") == 0
                && gateway.metric("fusewire_deliveries_waiting{sink=\"pagerduty\"}") == 0);
        assertThat(sinks.slack()).hasSize(6);
        assertThat(sinks.pagerDuty()).hasSize(3);
    }

    @Test
    void a_rule_that_is_silent_says_why() throws IOException {
        JsonNode told = explain(RunningGateway.example("score-updated"));
        assertThat(because(told, "trace-error"))
                .isEqualTo("${header.type} == 'trace.updated' does not hold: type is score.updated");
        JsonNode generation = explain("{\"event\": \"generation.created\", \"data\": {\"traceId\": \"t1\"}}");
        assertThat(because(generation, "token-usage")).contains("inputTokens is unknown");
        JsonNode alarm = explain(RunningGateway.example("monitor-alert"));
        assertThat(alarm.path("fires").get(0).path("severity").asText()).isEqualTo("critical");
    }

    @Test
    void the_labels_tell_what_an_event_would_be_grouped_by() throws IOException {
        JsonNode error = explain(RunningGateway.example("trace-error")).path("labels");
        assertThat(error.path("error").asText()).isEqualTo("# Too Many Requests from provider");
        assertThat(error.path("monitor").asText()).isEqualTo("none");
        JsonNode alarm = explain(RunningGateway.example("monitor-alert")).path("labels");
        assertThat(alarm.path("error").asText()).isEqualTo("none");
        assertThat(alarm.path("monitor").asText()).isEqualTo("cmemonitor0001");
    }

    @Test
    void nothing_is_stored_counted_or_sent() throws IOException {
        String event = RunningGateway.fresh("trace-error");
        assertThat(message(explain(event), "slack")).isNotNull();
        assertThat(
                        gateway.metric(
                                "fusewire_alerts_total{outcome=\"queued\",rule=\"trace-error\",severity=\"critical\",sink=\"slack\"}"))
                .isZero();
        assertThat(gateway.post(event).body()).isEqualTo("{\"received\":true}");
    }

    @Test
    void what_is_no_event_is_refused_as_a_webhook_is() {
        HttpResponse<String> answer = gateway.management("POST", "/admin/explain", "{}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"The event has no type.\"}");
    }

    private JsonNode explain(String event) throws IOException {
        return JSON.readTree(gateway.management("POST", "/admin/explain", event).body());
    }

    private static String because(JsonNode told, String rule) {
        for (JsonNode silent : told.path("silent")) {
            if (silent.path("rule").asText().equals(rule)) {
                return silent.path("because").asText();
            }
        }
        throw new AssertionError(rule + " is not silent: " + told);
    }

    private static JsonNode message(JsonNode told, String sink) {
        for (JsonNode one : told.path("sinks")) {
            if (one.path("sink").asText().equals(sink)) {
                return one.get("message");
            }
        }
        return null;
    }

    /** The messages that are the explained one, but for the key and the time of arrival. */
    private List<JsonNode> received(String sink, JsonNode message) {
        return (sink.equals("slack") ? sinks.slack() : sinks.pagerDuty())
                .stream().filter(one -> timeless(one).equals(timeless(message))).toList();
    }

    private static String timeless(JsonNode message) {
        return ((ObjectNode) message.deepCopy())
                .without("routing_key")
                .toString()
                .replaceAll(TIME, "…\"");
    }
}
