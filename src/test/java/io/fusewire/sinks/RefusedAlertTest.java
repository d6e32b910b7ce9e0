package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose fault a refusal is: that of the one alert, or of the address, which shows when it refuses several. */
class RefusedAlertTest {
    private static final String POISON = "DROP TABLE users";
    private static final ResponseDefinitionBuilder FIREWALL =
            aResponse().withStatus(403).withBody("<html>Request blocked</html>");
    private static final ResponseDefinitionBuilder TAKEN =
            aResponse().withStatus(202).withBody("{}");

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks);

    /** Two of them, so that a rest after one or two would show. */
    @Test
    void an_alert_that_a_firewall_refuses_delays_no_other_and_becomes_a_dead_letter() {
        sinks.pagerDutyRefuses(POISON, FIREWALL);
        post(POISON + " 1");
        await().until(() -> states().equals(List.of("waiting 1")));
        post(POISON + " 2");
        await().until(() -> states().equals(List.of("waiting 1", "waiting 1")));
        for (int i = 0; i < 10; i++) {
            post("Harmless " + i);
        }
        await().until(() -> count("state = 'delivered'") == 10);
        assertThat(held()).isEmpty();
        forwardUntil("dead 3", 2);
        assertThat(count("state = 'delivered'")).isEqualTo(10);
        assertThat(gateway.store().rows("SELECT DISTINCT reason FROM delivery WHERE state = 'dead'"))
                .containsExactly("refused 3 times, while others arrive: answered 403 <html>Request blocked</html>");
    }

    @Test
    void an_alert_that_is_refused_while_no_other_comes_waits_and_holds_nothing() {
        sinks.pagerDutyAnswers(FIREWALL);
        post(POISON);
        for (int attempt = 1; attempt <= 5; attempt++) {
            String state = "waiting " + attempt;
            await().until(() -> states().equals(List.of(state)));
            gateway.clock().forward(Duration.ofMinutes(20));
        }
        assertThat(held()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405, 410})
    void an_address_that_refuses_three_alerts_rests_loses_none_and_is_well_when_one_arrives(int status) {
        sinks.pagerDutyAnswers(aResponse().withStatus(status).withBody("no"));
        for (int i = 1; i <= 3; i++) {
            post("Error " + i);
            int refused = i;
            await().until(() -> count("attempts = 1") == refused);
        }
        post("Error 4");
        assertThat(held()).singleElement().asString().contains("3 failures in a row, the last: answered " + status);
        assertThat(gateway.management("GET", "/observe/health/ready?data=true").body())
                .contains("resting.pagerduty.default");
        assertThat(sinks.pagerDuty()).hasSize(3);
        gateway.clock().forward(Duration.ofMinutes(6));
        await("probed by the one that was not refused yet")
                .until(() -> sinks.pagerDuty().size() == 4);
        await().until(() -> count("attempts = 1") == 4);
        sinks.pagerDutyAnswers(TAKEN);
        gateway.clock().forward(Duration.ofMinutes(6));
        await().until(() -> count("state = 'delivered'") == 4);
        assertThat(held()).isEmpty();
    }

    /** A proxy's page, or PagerDuty's word for the key, says nothing against the alert; other words of a 400 do. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    400 | <html><h1>400 Bad Request</h1>                  | waiting
                    400 | {"errors":["Length of 'routing_key' is wrong"]} | waiting
                    400 | {"errors":["'payload' is missing"]}             | dead
                    402 | payment required                                | waiting
                    407 | proxy authentication required                   | waiting
                    413 | <html>too large                                 | dead
                    421 | misdirected                                     | waiting
                    422 | unprocessable                                   | dead
                    425 | too early                                       | waiting
                    511 | sign in to the network                          | waiting
                    """)
    void what_is_no_fault_of_the_alert_makes_it_wait(int status, String body, String becomes) {
        sinks.pagerDutyAnswers(aResponse().withStatus(status).withBody(body));
        post("Error");
        await().until(() -> states().equals(List.of(becomes + " 1")));
    }

    private void forwardUntil(String state, int many) {
        await().until(() -> {
            gateway.clock().forward(Duration.ofMinutes(1));
            return states().stream().filter(state::equals).count() == many;
        });
    }

    private void post(String error) {
        gateway.post(RunningGateway.fresh("trace-error")
                .replace("429 Too Many Requests from provider", error)
                .replace("7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d", "of " + error));
    }

    private List<String> states() {
        return gateway.store().rows("SELECT state, attempts FROM delivery WHERE sink = 'pagerduty' ORDER BY id");
    }

    private int count(String where) {
        return gateway.store()
                .rows("SELECT id FROM delivery WHERE sink = 'pagerduty' AND " + where)
                .size();
    }

    private List<String> held() {
        return gateway.store()
                .rows("SELECT reason FROM destination WHERE sink = 'pagerduty' AND (resting = 1 OR held_until > 0)");
    }
}
