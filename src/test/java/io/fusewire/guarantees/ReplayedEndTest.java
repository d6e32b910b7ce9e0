package io.fusewire.guarantees;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PagerDuty knows two incidents of one cause by one key: a replay of the first one's end is no end of the second. */
class ReplayedEndTest {
    private static final String STATES = "SELECT state FROM delivery WHERE sink = 'pagerduty' ORDER BY id";

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway =
            new GatewayExtension(sinks).with("rules.trace-error.group-by", "source,project,error");

    @Test
    void a_dead_letter_of_an_incident_resolves_no_later_one_of_its_cause() {
        sinks.pagerDutyAnswers(aResponse().withStatus(400).withBody("invalid event"));
        gateway.post(RunningGateway.fresh("trace-error"));
        states("dead");
        gateway.clock().forward(Duration.ofMinutes(16));
        await().until(() -> sinks.pagerDuty().size() == 2);
        states("dead");
        sinks.pagerDutyAnswers(aResponse().withStatus(202));
        gateway.post(RunningGateway.fresh("trace-error"));
        states("dead", "delivered");
        assertThat(gateway.management("POST", "/admin/dead-letters/replay?sink=pagerduty")
                        .body())
                .isEqualTo("{\"replayed\":1}");
        states("delivered", "delivered");
        assertThat(actions()).containsExactly("trigger", "trigger", "trigger");
        await().until(() -> gateway.metric("fusewire_reconciliation_difference") == 0);
        gateway.management("POST", "/admin/incidents/2/close");
        await().until(() -> actions().equals(List.of("trigger", "trigger", "trigger", "resolve")));
    }

    private void states(String... states) {
        await().until(() -> gateway.store().rows(STATES).equals(List.of(states)));
    }

    private List<String> actions() {
        return sinks.pagerDuty().stream()
                .map(event -> event.path("event_action").asText())
                .toList();
    }
}
