package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.LogLines;
import io.fusewire.testing.RunningGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator who asks in an unusual way is answered, and one who asks for what there is not is told what there is. */
class AdminErrorsTest {
    private static final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension(sinks)
            .withFile(
                    "routes/broken.camel.yaml",
                    """
                    - route:
                        id: broken
                        description: An admin route of the engineer's own, with a fault.
                        routeConfigurationId: fusewire-admin-refusals
                        from:
                          uri: fusewire-admin:/admin/broken
                          steps:
                            - process: {id: broken-token, ref: fusewire-require-admin-token}
                            - throwException:
                                id: broken-throws
                                exceptionType: java.lang.IllegalStateException
                                message: the disk of the test is full
                    """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "Application/X-WWW-Form-Urlencoded; charset=utf-8",
                "application/json",
                "text/plain",
                "application/octet-stream"
            })
    void whatever_curl_calls_an_event_it_is_explained(String type) {
        String event = "{\"event\":\"trace.updated\",\"data\":{\"traceId\":\"a=b&c%20d+e\",\"level\":\"ERROR\"}}";
        HttpResponse<String> answer = post("/admin/explain", type, event);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(GatewayExtension.json(answer).path("labels").path("trace").asText())
                .isEqualTo("a=b&c%20d+e");
    }

    @Test
    void a_silence_is_read_from_what_curl_calls_a_form_too() {
        String silence =
                "{\"matchers\":[{\"label\":\"name\",\"op\":\"=\",\"value\":\"a\"}],\"for\":\"1h\",\"by\":\"b\",\"why\":\"c\"}";
        assertThat(post("/admin/silences", "application/x-www-form-urlencoded", silence)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_upload_and_nothing_at_all_are_refused_in_a_sentence() {
        HttpResponse<String> upload = post("/admin/explain", "multipart/form-data; boundary=b", "--b--");
        assertThat(upload.statusCode()).isEqualTo(415);
        assertThat(upload.body()).isEqualTo("{\"error\":\"Send JSON.\"}");
        HttpResponse<String> nothing = gateway.management("POST", "/admin/explain");
        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(nothing.body()).isEqualTo("{\"error\":\"The body is empty.\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slak | There is no sink 'slak'; did you mean 'slack'?",
                "Slack | There is no sink 'Slack'; did you mean 'slack'?",
                "rule | There is no sink 'rule'; did you mean 'rules'?",
                "kafka-of-another-team | There is no sink 'kafka-of-another-team'.",
                "%0A%22%1B | There is no sink '?\"?'.",
                "metrics | There is no sink 'metrics'."
            })
    void a_sink_that_there_is_not_is_a_404_with_the_nearest_name(String sink, String sentence) {
        for (HttpResponse<String> answer : List.of(
                gateway.management("GET", "/admin/dead-letters?sink=" + sink),
                gateway.management("POST", "/admin/dead-letters/replay?sink=" + sink))) {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(GatewayExtension.json(answer).path("error").asText()).isEqualTo(sentence);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack", "pagerduty", "email", "rules"})
    void a_sink_without_dead_letters_has_none(String sink) {
        assertThat(gateway.management("GET", "/admin/dead-letters?sink=" + sink).body())
                .isEqualTo("[]");
    }

    @Test
    void a_replay_of_no_sink_says_how_to_name_one() {
        assertThat(gateway.management("POST", "/admin/dead-letters/replay").body())
                .isEqualTo("{\"error\":\"Say of which sink: ?sink=slack, for example.\"}");
    }

    @Test
    void a_fault_of_ours_is_a_500_in_a_sentence_and_in_the_log_once_with_its_cause() {
        try (LogLines log = new LogLines()) {
            HttpResponse<String> answer = gateway.management("GET", "/admin/broken");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body())
                    .isEqualTo("{\"error\":\"The request failed by a fault of the gateway's; its log says why.\"}");
            await().until(() -> log.text().contains("the disk of the test is full"));
            assertThat(log.text().lines().filter(line -> line.contains("the disk of the test is full")))
                    .hasSizeLessThanOrEqualTo(2);
            assertThat(log.text().lines().filter(line -> line.startsWith("Failed delivery")))
                    .hasSize(1);
            assertThat(log.text()).doesNotContain(RunningGateway.ADMIN_TOKEN);
        }
    }

    private static HttpResponse<String> post(String path, String type, String body) {
        return gateway.send(gateway.managementRequest(path)
                .header("authorization", "Bearer " + RunningGateway.ADMIN_TOKEN)
                .header("content-type", type)
                .POST(BodyPublishers.ofString(body)));
    }
}
