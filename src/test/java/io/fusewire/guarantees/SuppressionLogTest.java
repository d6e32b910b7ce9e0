package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log says what nobody is told of and why, and what was done by hand, by whom and why. */
class SuppressionLogTest {
    private static final String RULE =
            "{\"matchers\":[{\"label\":\"rule\",\"op\":\"=\",\"value\":\"%s\"}],\"for\":\"1h\",\"by\":\"ada\",\"why\":\"a deploy\"}";

    private final FakeSinks sinks = new FakeSinks();
    private final LogLines log = new LogLines();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks)
            .with("rules.trace-error.group-by", "source,project,error")
            .with("rules.max-open-incidents", "1")
            .with("rules.low-score.group-by", "source,project,name")
            .with("rules.low-score.unless", "trace-error");

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void an_alert_that_a_silence_holds_is_told_with_the_silence() {
        silence("trace-error");
        silence("prompt-version");
        gateway.post(GatewayExtension.fresh("trace-error"));
        gateway.post(GatewayExtension.fresh("prompt-version"));
        logged("Alerts of rule trace-error held, silence 1.");
        logged("Alerts of rule prompt-version for slack held by silence 2.");
    }

    @Test
    void an_alert_that_is_inhibited_folded_or_late_is_told_with_its_rule() {
        gateway.post(GatewayExtension.fresh("trace-error"));
        await().until(() -> gateway.json("/admin/incidents").path("incidents").size() == 1);
        gateway.post(GatewayExtension.fresh("score-created"));
        logged("Alerts of rule low-score held, rule trace-error has an open incident.");
        gateway.post(GatewayExtension.fresh("trace-error").replace("429 Too Many Requests", "another cause"));
        logged("Alerts of rule trace-error folded into one incident, rules.max-open-incidents are open.");
    }

    @Test
    void what_is_done_by_hand_is_told_with_who_and_why_and_once() {
        gateway.post(GatewayExtension.fresh("trace-error"));
        await().until(() -> gateway.json("/admin/incidents").path("incidents").size() == 1);
        for (int i = 0; i < 2; i++) {
            gateway.management("POST", "/admin/incidents/1/acknowledge?by=ada&why=I+am+on+it");
        }
        gateway.management("POST", "/admin/incidents/1/close");
        gateway.management("POST", "/admin/incidents/1/close?by=bob");
        assertThat(log.text().lines().filter(line -> line.startsWith("Incident 1 ")))
                .containsExactly(
                        "Incident 1 was acknowledged by ada: I am on it",
                        "Incident 1 was closed by somebody who did not say who");
        assertThat(gateway.management("POST", "/admin/incidents/9/close").statusCode())
                .isEqualTo(404);
        assertThat(log.text()).doesNotContain("Incident 9");
    }

    private void silence(String rule) {
        assertThat(gateway.management("POST", "/admin/silences", RULE.formatted(rule))
                        .statusCode())
                .isEqualTo(200);
    }

    private void logged(String line) {
        await().untilAsserted(() -> assertThat(log.text().lines()).contains(line));
    }
}
