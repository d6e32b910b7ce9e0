package io.fusewire.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.delivery.DeliveryAttempt.Outcome;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.FakeSlackApi;
import io.fusewire.testing.GatewayExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies between an incident's opening and its end may be left out, and the rest is told. */
class SlackUpdatesTest {
    private static final List<String> KINDS = List.of("opened", "developing", "graver", "still-open", "closed");

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks).startedByTest();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_webhook_is_told_each_in_a_message_of_its_own(boolean updates) {
        gateway.with("sinks.slack.updates", String.valueOf(updates)).start();
        for (String kind : KINDS) {
            DeliveryAttempt attempt = ToldSink.tell(gateway, kind, null);
            assertThat(attempt.outcome()).isEqualTo(Outcome.DELIVERED);
            assertThat(attempt.reference()).isEmpty();
        }
        assertThat(sinks.slack()).hasSize(updates ? 5 : 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_bot_edits_the_one_that_it_has_posted(boolean updates) {
        try (FakeSlackApi slack = new FakeSlackApi()) {
            gateway.without("sinks.slack.webhook-url")
                    .with(slack.properties())
                    .with("sinks.slack.updates", String.valueOf(updates))
                    .start();
            String reference = null;
            for (String kind : KINDS) {
                DeliveryAttempt attempt = ToldSink.tell(gateway, kind, reference);
                assertThat(attempt.outcome()).isEqualTo(Outcome.DELIVERED);
                reference = attempt.reference().orElseThrow();
            }
            assertThat(slack.messages()).hasSize(1);
            assertThat(slack.messages().get(0).edits()).isEqualTo(updates ? 4 : 2);
            assertThat(slack.thread(slack.messages().get(0).ts())).hasSize(updates ? 4 : 2);
            assertThat(slack.violations()).isEmpty();
        }
    }

    @Test
    void a_message_of_its_own_is_never_left_out() {
        gateway.with("sinks.slack.updates", "false").start();
        ToldSink.tell(gateway, null, null);
        assertThat(sinks.slack()).hasSize(1);
    }
}
