package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.testing.PagerDutyContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagerDutyLimitsTest {
    private static final MessageFormat FORMAT = MessageFormat.PAGERDUTY;

    private static ObjectNode trigger() {
        return Alerts.json("{\"event_action\":\"trigger\",\"dedup_key\":\"k\","
                + "\"payload\":{\"summary\":\"s\",\"source\":\"langfuse\",\"severity\":\"critical\"}}");
    }

    private static ObjectNode payload(ObjectNode request) {
        return (ObjectNode) request.get("payload");
    }

    private static ObjectNode fit(ObjectNode request) {
        ObjectNode fitted = FORMAT.fit(request);
        ObjectNode sent = fitted.deepCopy().put("routing_key", Alerts.ROUTING_KEY);
        assertThat(PagerDutyContract.violations(sent)).isEmpty();
        return fitted;
    }

    private static String x(int length) {
        return "x".repeat(length);
    }

    @ParameterizedTest
    @CsvSource({"summary, 1024", "source, 255", "component, 255", "group, 255", "class, 255"})
    void a_text_is_cut_one_over_its_limit(String field, int limit) {
        ObjectNode request = trigger();
        payload(request).put(field, x(limit));
        assertThat(fit(request).path("payload").path(field).asText()).isEqualTo(x(limit));
        payload(request).put(field, x(limit + 1));
        assertThat(fit(request).path("payload").path(field).asText()).isEqualTo(x(limit - 1) + "…");
        payload(request).put(field, x(limit - 2) + "😀x");
        assertThat(fit(request).path("payload").path(field).asText()).isEqualTo(x(limit - 2) + "…");
    }

    @Test
    void what_must_be_there_is_there() {
        ObjectNode fitted = fit(Alerts.json("{}"));
        assertThat(fitted.path("event_action").asText()).isEqualTo("trigger");
        assertThat(payload(fitted))
                .isEqualTo(Alerts.json(
                        "{\"summary\":\"Alert from Langfuse\",\"source\":\"langfuse\",\"severity\":\"error\"}"));
    }

    @Test
    void a_dedup_key_over_255_is_replaced_by_its_hash() {
        assertThat(fit(trigger().put("dedup_key", x(255))).path("dedup_key").asText())
                .isEqualTo(x(255));
        assertThat(fit(trigger().put("dedup_key", x(256))).path("dedup_key").asText())
                .isEqualTo(Alert.sha256(x(256)));
    }

    @Test
    void a_severity_that_pagerduty_does_not_know_is_an_error() {
        ObjectNode request = trigger();
        payload(request).put("severity", "ALERT");
        assertThat(fit(request).at("/payload/severity").asText()).isEqualTo("error");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-08-22T08:21:04.250Z, true",
        "2026-08-22T08:21:04+02:00, true",
        "2026-13-22T08:21:04Z, false",
        "yesterday, false"
    })
    void a_timestamp_that_is_no_time_is_left_out(String timestamp, boolean kept) {
        ObjectNode request = trigger();
        payload(request).put("timestamp", timestamp);
        assertThat(fit(request).path("payload").has("timestamp")).isEqualTo(kept);
    }

    @Test
    void links_lead_to_the_web_or_are_left_out() {
        ObjectNode request = trigger().put("client_url", "javascript:alert(1)");
        request.putArray("links").addObject().put("href", "ftp://a.example").put("text", "a");
        assertThat(fit(request).has("links")).isFalse();
        request.withArray("links")
                .addObject()
                .put("href", "https://a.example/b")
                .put("text", "b");
        assertThat(fit(request).path("links")).hasSize(1);
        assertThat(fit(request).has("client_url")).isFalse();
    }

    @Test
    void a_resolve_holds_no_more_than_it_must() {
        assertThat(fit(trigger().put("event_action", "resolve").put("client", "c")))
                .isEqualTo(Alerts.json("{\"event_action\":\"resolve\",\"dedup_key\":\"k\"}"));
    }

    @Test
    void details_become_an_object() {
        ObjectNode request = trigger();
        payload(request).put("custom_details", "text");
        assertThat(fit(request).at("/payload/custom_details/details").asText()).isEqualTo("text");
    }

    @Test
    void at_the_size_limit_nothing_goes_and_one_byte_over_the_biggest_field_goes() {
        ObjectNode request = trigger();
        ObjectNode details =
                payload(request).putObject("custom_details").put("small", "é").put("big", "");
        int room = PagerDutyLimits.REQUEST - 100 - PagerDutyLimits.bytes(FORMAT.fit(request));
        details.put("big", x(room));
        assertThat(fit(request)).isEqualTo(request);
        details.put("big", x(room + 1));
        assertThat(fit(request).at("/payload/custom_details"))
                .isEqualTo(Alerts.JSON
                        .createObjectNode()
                        .put("small", "é")
                        .put("big", "left out: " + (room + 3) + " bytes"));
    }

    @Test
    void the_size_counts_bytes_not_characters() {
        ObjectNode request = trigger();
        payload(request).putObject("custom_details").put("big", "€".repeat(200_000));
        assertThat(fit(request).at("/payload/custom_details/big").asText()).isEqualTo("left out: 600002 bytes");
    }

    @Test
    void where_too_many_fields_are_too_big_only_a_note_stays() {
        ObjectNode request = trigger();
        ObjectNode details = payload(request).putObject("custom_details");
        for (int i = 0; i < 60_000; i++) {
            details.put("field" + i, "0123456789");
        }
        int bytes = PagerDutyLimits.bytes(details);
        assertThat(fit(request).at("/payload/custom_details"))
                .isEqualTo(Alerts.json("{\"note\":\"left out: the event is " + bytes + " bytes; see Langfuse\"}"));
    }

    @Test
    void what_a_template_put_in_besides_goes_too_if_it_is_too_big() {
        ObjectNode request = trigger();
        request.putArray("images").addObject().put("src", "https://a.example/" + x(600_000));
        assertThat(fit(request).has("images")).isFalse();
    }
}
