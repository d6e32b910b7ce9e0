package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The answer's header Fusewire-Event has the number under which why and events know the event. */
class EventNumberTest {
    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks);

    @Test
    void an_event_and_its_copy_are_answered_with_its_number_and_what_is_refused_with_none() {
        String first = number(gateway.post(GatewayExtension.fresh("trace-created")));
        String body = GatewayExtension.fresh("trace-error");
        String second = number(gateway.post(body));
        assertThat(gateway.store().rows("SELECT id FROM event ORDER BY id")).containsExactly(first, second);
        HttpResponse<String> copy = gateway.post(body);
        assertThat(copy.body()).contains("duplicate");
        assertThat(number(copy)).isEqualTo(second);
        assertThat(gateway.post("/webhooks/langfuse", body, "another-secret-0123456789")
                        .headers()
                        .map())
                .doesNotContainKey("fusewire-event");
        assertThat(gateway.post("[]").headers().map()).doesNotContainKey("fusewire-event");
    }

    private static String number(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("Fusewire-Event").orElseThrow();
    }
}
