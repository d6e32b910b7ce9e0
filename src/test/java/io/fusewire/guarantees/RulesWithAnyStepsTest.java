package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules whose route has steps that only Camel's engine takes, because it says so. */
class RulesWithAnyStepsTest {
    private static final String RULES =
            """
            - route:
                id: looked-up
                description: A verdict that stands for more than it says.
                routeConfigurationId: fusewire-one-broken-rule-stops-no-other
                from:
                  uri: fusewire:events
                  parameters: {anySteps: true, timeLimit: %s}
                  steps:
                    - setProperty: {id: look-up, name: meaning, simple: "is ${header.category}"}
                    - filter:
                        id: is-bad
                        simple: ${exchangeProperty.meaning} == 'is bad'
                        steps:
                          - to: {id: is-bad-alert, uri: fusewire:alert/bad, parameters: {sinks: pagerduty}}
                    - filter:
                        id: is-slow
                        simple: ${header.category} == 'slow'
                        steps:
                          - delay: {id: wait, constant: "600000"}
                          - to: {id: is-slow-alert, uri: fusewire:alert/slow, parameters: {sinks: pagerduty}}
            """;
    private static final String FLAT =
            """
            - route:
                id: flat
                description: Every verdict.
                from:
                  uri: fusewire:events
                  steps:
                    - filter:
                        id: every-verdict
                        simple: ${header.category} != 'none'
                        steps:
                          - to: {id: every-verdict-alert, uri: fusewire:alert/verdict, parameters: {sinks: slack}}
            """;

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks)
            .with("rules.group-by", "event")
            .withFile("routes/rules/flat.camel.yaml", FLAT)
            .startedByTest();

    @Test
    void they_judge_beside_flat_ones() throws Exception {
        start("1m");
        gateway.post(verdict("1", "bad"));
        gateway.post(verdict("2", "good"));
        await().until(() -> sinks.slack().size() == 2 && sinks.pagerDuty().size() == 1);
        assertThat(gateway.management("POST", "/admin/explain", verdict("3", "bad"))
                        .body())
                .contains("\"rule\":\"bad\"")
                .contains("\"rule\":\"verdict\"");
    }

    @Test
    void what_waits_too_long_is_a_dead_letter_and_holds_up_no_other_event() throws Exception {
        start("2s");
        for (int i = 0; i < 4; i++) {
            gateway.post(verdict("slow-" + i, "slow"));
        }
        gateway.post(verdict("bad", "bad"));
        await().until(() -> sinks.slack().size() == 5 && sinks.pagerDuty().size() == 1);
        JsonNode deadLetters = new ObjectMapper()
                .readTree(gateway.management("GET", "/admin/dead-letters").body());
        assertThat(deadLetters).hasSize(4).allSatisfy(one -> {
            assertThat(one.path("rule").asText()).isEqualTo("looked-up");
            assertThat(one.path("reason").asText()).isEqualTo("it took longer than 2000 ms");
        });
        assertThat(gateway.management("GET", "/observe/health/live").statusCode())
                .isEqualTo(200);
    }

    private void start(String timeLimit) {
        gateway.withFile("routes/rules/any.camel.yaml", RULES.formatted(timeLimit))
                .start();
    }

    private static String verdict(String id, String category) {
        return "{\"event\":\"score.created\",\"id\":\"" + id + "\",\"timestamp\":\"2026-11-29T03:00:00Z\","
                + "\"data\":{\"traceId\":\"t\",\"name\":\"verdict\",\"value\":\"" + category + "\"}}";
    }
}
