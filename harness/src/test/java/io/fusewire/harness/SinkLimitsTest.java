package io.fusewire.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a sink would not take is noticed. */
class SinkLimitsTest {
    private static final String PAGE =
            "{\"routing_key\":\"%s\",\"event_action\":\"trigger\",\"dedup_key\":\"k\",\"payload\":{\"summary\":\"%s\","
                    + "\"source\":\"langfuse\",\"severity\":\"%s\"}}";

    @Test
    void slack() {
        String header = "{\"type\":\"header\",\"text\":{\"text\":\"%s\"}}";
        assertThat(SinkLimits.slack("{\"text\":\"a\",\"blocks\":[" + header.formatted("a") + "]}"))
                .isEmpty();
        assertThat(SinkLimits.slack("{\"text\":\"a\",\"blocks\":[" + header.formatted("a".repeat(151)) + "]}"))
                .containsExactly("header over 150");
        assertThat(SinkLimits.slack("{\"text\":\"a\",\"blocks\":[" + header.formatted("") + "]}"))
                .containsExactly("empty header");
        String button = "{\"type\":\"actions\",\"elements\":[{\"type\":\"button\",\"text\":{\"text\":\"%s\"}}]}";
        assertThat(SinkLimits.slack("{\"text\":\"a\",\"blocks\":[" + button.formatted("a".repeat(76)) + "]}"))
                .containsExactly("button's text over 75");
        assertThat(SinkLimits.slack("{\"text\":\"a\",\"blocks\":[{\"type\":\"section\"}]}"))
                .containsExactly("section without a text");
        assertThat(SinkLimits.slack("{\"blocks\":[]}")).containsExactly("no text");
        assertThat(SinkLimits.slack("<html>")).contains("no JSON");
    }

    @Test
    void pagerduty() {
        String key = "0".repeat(32);
        assertThat(SinkLimits.pagerDuty(PAGE.formatted(key, "a", "critical"))).isEmpty();
        assertThat(SinkLimits.pagerDuty(PAGE.formatted("short", "a", "critical")))
                .containsExactly("no routing key of 32");
        assertThat(SinkLimits.pagerDuty(PAGE.formatted(key, "a".repeat(1_025), "fatal")))
                .containsExactly("summary of 1025", "severity fatal");
        String soon = PAGE.formatted(key, "a", "info").replace("}}", ",\"timestamp\":\"soon\",\"custom_details\":3}}");
        assertThat(SinkLimits.pagerDuty(soon)).containsExactly("custom_details are no object", "timestamp \"soon\"");
    }
}
