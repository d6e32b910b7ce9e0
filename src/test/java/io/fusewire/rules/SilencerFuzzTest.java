package io.fusewire.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.error.InvalidRequestException;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.store.Silences;
import io.fusewire.testing.CpuTime;
import io.fusewire.testing.GatewayExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is posted to {@code /admin/silences}: it makes one silence, or is refused. */
class SilencerFuzzTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LONG = "a".repeat(100_000);

    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension();

    /** @param request a body */
    @FuzzTest
    void a_request_makes_a_silence_or_is_refused_in_one_sentence(byte[] request) throws JsonProcessingException {
        Silencer silencer = GATEWAY.camel().getRegistry().lookupByNameAndType("fusewire-silencer", Silencer.class);
        Silences silences = GATEWAY.camel().getRegistry().lookupByNameAndType("fusewire-silences", Silences.class);
        try {
            Map<String, Object> made = CpuTime.within(BOUND, () -> silencer.make(request));
            long id = (Long) made.get("id");
            assertThat(silencer.make(request)).as("once more").containsEntry("id", id);
            assertThat(JSON.readTree(JSON.writeValueAsString(made)).path("id").asLong())
                    .isEqualTo(id);
            Explainer explainer =
                    GATEWAY.camel().getRegistry().lookupByNameAndType("fusewire-explainer", Explainer.class);
            String event = "{\"event\":\"trace.updated\",\"data\":{\"level\":\"ERROR\",\"traceId\":\"t\",\"name\":\""
                    + LONG + "\",\"projectId\":\"" + LONG + "\"}}";
            CpuTime.within(BOUND, () -> explainer.alerts(event.getBytes(StandardCharsets.UTF_8), "s"));
            assertThat(silences.end(id, null)).isTrue();
        } catch (InvalidRequestException e) {
            assertThat(e.getMessage()).matches("(?s).{10,2000}[.?]");
        } catch (UnreadableEventException e) {
            throw new AssertionError(e);
        }
    }
}
