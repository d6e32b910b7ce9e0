package io.fusewire.guarantees;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.store.EventHistory;
import io.fusewire.store.Store;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever has the secret of one source changes nothing about another's events, incidents, dead letters or metrics. */
class SeparateSourcesTest {
    private static final String SECRET_OF = "lf-whsec_a-secret-of-source-";

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks)
            .with("fusewire.sources.a.secrets", SECRET_OF + "a")
            .with("fusewire.sources.b.secrets", SECRET_OF + "b");

    @Test
    void a_key_that_one_source_has_used_suppresses_no_alarm_of_another() {
        assertThat(post("a", trace("DEFAULT"))).isEqualTo("{\"received\":true}");
        assertThat(post("b", trace("ERROR"))).isEqualTo("{\"received\":true}");
        assertThat(post("b", trace("ERROR"))).isEqualTo("{\"received\":true,\"duplicate\":true}");
        assertThat(post("a", trace("ERROR"))).isEqualTo("{\"received\":true,\"duplicate\":true}");
        await().until(() -> sinks.pagerDuty().size() == 1);
        assertThat(told()).containsExactly("trigger langfuse:b:p:trace-error:t");
    }

    @Test
    void a_recovery_at_one_source_ends_no_incident_of_another() {
        post("b", monitor("ALERT", 1));
        await().until(() -> told().size() == 1);
        post("a", monitor("OK", 2));
        await().until(() -> told().size() == 2);
        post("b", monitor("OK", 3));
        await().until(() -> told().size() == 3);
        assertThat(told())
                .containsExactly("trigger langfuse:b:p:m", "resolve langfuse:a:p:m", "resolve langfuse:b:p:m");
    }

    @Test
    void dead_letters_of_one_key_are_each_sources_own() {
        sinks.pagerDutyAnswers(aResponse().withStatus(400).withBody("no"));
        post("a", trace("ERROR"));
        await().until(() -> deadLetters().size() == 1);
        post("b", trace("ERROR"));
        await().until(() -> deadLetters().size() == 2);
        long ofB = deadLetters().get(1).path("id").asLong();
        assertThat(gateway.json("/admin/dead-letters/" + ofB).path("why").get(0).asText())
                .contains("entered by source b");
        sinks.pagerDutyAnswers(aResponse().withStatus(202).withBody("{}"));
        gateway.management("POST", "/admin/dead-letters/" + ofB + "/replay");
        await().until(() -> deadLetters().size() == 1);
        assertThat(deadLetters().get(0).path("source").asText()).isEqualTo("a");
        String key = deadLetters().get(0).path("event").asText();
        try (Store store = Store.look(gateway.folder().resolve("data"), gateway.clock())) {
            assertThat(new EventHistory(store).find(key))
                    .extracting(told -> told.event().source())
                    .containsExactly("a", "b");
        }
    }

    @Test
    void metrics_tell_them_apart() {
        post("a", trace("DEFAULT"));
        post("b", trace("ERROR"));
        post("b", trace("ERROR"));
        await().until(() -> events("a", "quiet") == 1 && events("b", "alert") == 1);
        assertThat(requests("a", "accepted")).isEqualTo(1);
        assertThat(requests("b", "accepted")).isEqualTo(1);
        assertThat(requests("b", "duplicate")).isEqualTo(1);
        assertThat(requests("a", "duplicate")).isZero();
    }

    @Test
    void one_that_invents_models_and_costs_leaves_the_metrics_of_another_right() {
        gateway.with("fusewire.metrics.max-label-values", "5").restart();
        for (int i = 0; i < 10; i++) {
            post("a", generation("a" + i, "invented-" + i, "1e308"));
        }
        post("b", generation("b1", "gpt-4o", "0.25"));
        await().until(() -> gateway.metric("fusewire_llm_cost_usd_total{model=\"gpt-4o\"}") == 0.25);
        assertThat(gateway.metric("fusewire_llm_tokens_total{kind=\"input\",model=\"gpt-4o\"}"))
                .isEqualTo(7);
        assertThat(gateway.metric("fusewire_llm_tokens_total{kind=\"input\",model=\"other\"}"))
                .isEqualTo(35);
        assertThat(gateway.metric("fusewire_unbelievable_total{metric=\"fusewire.llm.cost.usd\",source=\"a\"}"))
                .isEqualTo(10);
        assertThat(gateway.management("GET", "/observe/metrics").body()).doesNotContain("fusewire_whose");
    }

    private double events(String source, String outcome) {
        return gateway.metric(
                "fusewire_events_total{outcome=\"" + outcome + "\",source=\"" + source + "\",type=\"trace.updated\"}");
    }

    private double requests(String source, String outcome) {
        return gateway.metric("fusewire_requests_total{outcome=\"" + outcome + "\",source=\"" + source + "\"}");
    }

    private List<String> told() {
        return sinks.pagerDuty().stream()
                .map(request -> request.path("event_action").asText() + " "
                        + request.path("dedup_key").asText())
                .toList();
    }

    private JsonNode deadLetters() {
        return gateway.json("/admin/dead-letters?sink=pagerduty");
    }

    private String post(String source, String body) {
        return gateway.post("/webhooks/langfuse/" + source, body, SECRET_OF + source)
                .body();
    }

    private static String trace(String level) {
        return """
                {"event":"trace.updated","id":"17","data":{"projectId":"p","traceId":"t","level":"%s"}}"""
                .formatted(level);
    }

    private static String generation(String id, String model, String cost) {
        return """
                {"event":"generation.created","id":"%s","data":{"projectId":"p","traceId":"t","model":"%s",\
                "usage":{"input":7,"output":3},"cost":%s}}"""
                .formatted(id, model, cost);
    }

    private static String monitor(String severity, int minute) {
        return """
                {"type":"monitor-alert","id":"m%2$d","payload":{"monitorId":"m","projectId":"p","severity":"%1$s",\
                "timestamp":"2026-08-22T08:2%2$d:00.000Z"}}"""
                .formatted(severity, minute);
    }
}
