package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event with hostile texts in it fires as any other, is counted, and stops nothing behind it. */
class HarmlessEventTest {
    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u0000",
                "\\ud800",
                "\\udfff\\ud800",
                "${body}",
                "{{fusewire.webhook.secrets}}",
                "a,b=c",
                "' OR 1=1 --",
                "\\\"",
                "RAW(x)",
                "?x=y&z",
                "..",
                " ",
                "\\n\\r",
                "<!channel>",
                "none",
                "\\u202e\\u0007"
            })
    void a_hostile_text_in_every_field_is_only_a_text(String text) {
        String error = "{\"event\":\"trace.updated\",\"id\":\"" + text + "1\",\"timestamp\":\"" + text
                + "\",\"data\":{\"level\":\"ERROR\",\"traceId\":\"" + text + "\",\"projectId\":\"" + text
                + "\",\"name\":\"" + text + "\",\"statusMessage\":\"" + text + "\"}}";
        String tokens = "{\"event\":\"generation.created\",\"id\":\"" + text + "2\",\"data\":{\"model\":\"" + text
                + "\",\"usage\":{\"promptTokens\":5,\"completionTokens\":7}}}";
        String score = "{\"event\":\"score.created\",\"id\":\"" + text + "3\",\"data\":{\"name\":\"" + text
                + "\",\"value\":-1,\"comment\":\"" + text + "\"}}";
        String monitor = RunningGateway.fresh("monitor-alert")
                .replace("[ALERT] p95 latency – checkout agent", text)
                .replace("cmemonitor0001\",\n    \"projectId", text + "\",\n    \"projectId");
        String prompt = RunningGateway.fresh("prompt-version").replace("movie-critic", text);
        for (String body : List.of(error, tokens, score, monitor, prompt)) {
            assertThat(gateway.post(body).statusCode()).as(body).isEqualTo(200);
        }
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> states().equals(List.of("delivered 8")));
        assertThat(sinks.pagerDuty()).hasSize(3);
        assertThat(sinks.slack()).hasSize(5);
        String metrics = gateway.management("GET", "/observe/metrics").body();
        assertThat(metrics).contains("fusewire_llm_tokens_total{kind=\"input\"").doesNotContain(RunningGateway.SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1e400", "1e400", "-0.0", "1e-400", "0.49999999999999999999", "-9223372036854775809"})
    void a_strange_number_stops_nothing(String number) {
        assertThat(gateway.post("{\"event\":\"score.created\",\"id\":\"1\",\"data\":{\"name\":\"n\",\"value\":" + number
                                + "}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.post("{\"event\":\"generation.created\",\"id\":\"2\",\"data\":{\"model\":\"m\",\"cost\":"
                                + number + ",\"usage\":{\"promptTokens\":" + number + ",\"completionTokens\":1}}}")
                        .statusCode())
                .isEqualTo(200);
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> sinks.pagerDuty().size() == 1);
        assertThat(gateway.store().rows("SELECT sink, reason FROM delivery WHERE state = 'dead'"))
                .isEmpty();
        await().until(() ->
                gateway.metric("fusewire_events_total{outcome=\"alert\",source=\"default\",type=\"trace.updated\"}")
                        == 1);
    }

    @Test
    void a_type_of_the_senders_own_is_counted_and_read_as_nothing_else() {
        gateway.post("{\"event\":\"${env:PATH},a=b\",\"id\":\"1\",\"data\":{}}");
        await().until(() ->
                gateway.metric("fusewire_events_total{outcome=\"quiet\",source=\"default\",type=\"${env:PATH},a=b\"}")
                        == 1);
    }

    private List<String> states() {
        return gateway.store().rows("SELECT state, count(*) FROM delivery GROUP BY state");
    }
}
