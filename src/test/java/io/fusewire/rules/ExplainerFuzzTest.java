package io.fusewire.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.testing.CpuTime;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.SlackContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is posted to {@code /admin/explain}: it is told what the rules make of it, or refused as a webhook is. */
class ExplainerFuzzTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension();

    /** @param input the parameter source, a line feed, the body */
    @FuzzTest
    void an_event_is_explained_and_nothing_is_stored(byte[] input) throws JsonProcessingException {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        String source = new String(input, 0, end, StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
        Explainer explainer = GATEWAY.camel().getRegistry().lookupByNameAndType("fusewire-explainer", Explainer.class);
        try {
            Explanation told = CpuTime.within(BOUND, () -> explainer.explain(body, source));
            assertThat(explainer.explain(body, null).key()).isEqualTo(told.key());
            assertThat(told.source()).isEqualTo(source);
            assertThat(told.broken()).as("no packed rule fails for any event").isNull();
            told.sinks()
                    .forEach(sink -> assertThat(sink.failed()).as(sink.sink()).isNull());
            JsonNode answer = JSON.readTree(JSON.writeValueAsString(told));
            for (JsonNode sink : answer.path("sinks")) {
                if (sink.path("sink").asText().equals("slack") && sink.has("message")) {
                    assertThat(SlackContract.violations(sink.path("message"))).isEmpty();
                }
            }
            assertThat(GATEWAY.store().rows("SELECT count(*) FROM event")).containsExactly("0");
        } catch (UnreadableEventException e) {
            assertThat(e.getMessage()).endsWith(".");
        }
    }
}
