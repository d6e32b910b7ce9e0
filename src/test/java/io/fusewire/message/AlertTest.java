package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlertTest {
    @Test
    void a_monitor_is_one_incident_whatever_rule_raises_it() {
        assertThat(Alert.incident("p1", "monitor-alert", "m1", "monitor-alert"))
                .isEqualTo(Alert.incident("p1", "another-rule", "m1", "monitor-alert"))
                .isEqualTo("langfuse:p1:m1");
    }

    @Test
    void any_other_incident_is_project_rule_and_subject() {
        assertThat(Alert.incident("p1", "trace-error", "t1", "trace.updated")).isEqualTo("langfuse:p1:trace-error:t1");
    }

    @Test
    void it_is_never_empty() {
        assertThat(Alert.incident("", null, " ", null)).isEqualTo("langfuse:none:none:none");
    }

    @Test
    void up_to_255_it_is_readable_and_beyond_a_hash_that_still_tells_incidents_apart() {
        String edge = "s".repeat(255 - "langfuse:p:r:".length());
        assertThat(Alert.incident("p", "r", edge, "x")).hasSize(255).endsWith(edge);
        assertThat(Alert.incident("p", "r", edge + "s", "x"))
                .matches("langfuse:[0-9a-f]{64}")
                .isEqualTo(Alert.incident("p", "r", edge + "s", "x"))
                .isNotEqualTo(Alert.incident("p", "r", edge + "t", "x"));
    }

    @Test
    void an_alert_does_not_print_its_event() {
        assertThat(Alerts.traceError("secret").toString())
                .doesNotContain("secret")
                .contains("trace-error");
    }
}
