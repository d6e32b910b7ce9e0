package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertTest {
    @Test
    void a_monitor_is_one_incident_whatever_rule_raises_it() {
        assertThat(Alert.incident("s", "p1", "monitor-alert", "m1", "monitor-alert"))
                .isEqualTo(Alert.incident("s", "p1", "another-rule", "m1", "monitor-alert"))
                .isEqualTo("langfuse:s:p1:m1");
    }

    @Test
    void any_other_incident_is_source_project_rule_and_subject() {
        assertThat(Alert.incident("s", "p1", "trace-error", "t1", "trace.updated"))
                .isEqualTo("langfuse:s:p1:trace-error:t1");
    }

    @Test
    void no_two_incidents_share_a_name() {
        List<String> texts = List.of(
                "a",
                ":",
                "a:",
                ":a",
                "a:b",
                "%",
                "%003a",
                "a b",
                "a\tb",
                "a\u0000b",
                "a\u0001b",
                "a&b",
                "a&amp;b",
                "<",
                "&lt;",
                "\u00e9",
                "e\u0301",
                "\u202e",
                "\ud800",
                "\udc00",
                "?",
                "\ufffd",
                "",
                " ");
        Set<String> names = new HashSet<>();
        int incidents = 0;
        for (String one : texts) {
            for (String other : texts) {
                names.add(Alert.incident(one, other, "r", "s", "x"));
                names.add(Alert.incident("s", one, other, "r", "x"));
                names.add(Alert.incident("s", "p", "r" + one, other + "t", "x"));
                names.add(Alert.incident("s", "m" + one, "r", other, "monitor-alert"));
                names.add(Alert.incident("long" + "s".repeat(255), one, "r", other, "x"));
                incidents += 5;
            }
        }
        assertThat(names).hasSize(incidents).allMatch(name -> name.matches("langfuse:[!-~]{1,246}"));
        // What a sink's format or a database would change is not in them.
        for (MessageFormat format : MessageFormat.values()) {
            assertThat(names.stream().map(format::escape)).containsExactlyElementsOf(names);
        }
    }

    @Test
    void up_to_255_it_is_readable_and_beyond_a_hash_that_still_tells_incidents_apart() {
        String edge = "s".repeat(255 - "langfuse:s:p:r:".length());
        assertThat(Alert.incident("s", "p", "r", edge, "x")).hasSize(255).endsWith(edge);
        assertThat(Alert.incident("s", "p", "r", edge + "s", "x"))
                .matches("langfuse:[0-9a-f]{64}")
                .isEqualTo(Alert.incident("s", "p", "r", edge + "s", "x"))
                .isNotEqualTo(Alert.incident("s", "p", "r", edge + "t", "x"));
    }

    @Test
    void an_alert_does_not_print_its_event() {
        assertThat(Alerts.traceError("secret").toString())
                .doesNotContain("secret")
                .contains("trace-error");
    }
}
