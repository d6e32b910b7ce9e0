package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that can't be called is a secret still. */
class SecretInAddressTest {
    private static final String TOKEN = "secretPartOfTheSlackUrl";

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks).startedByTest();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1 /services/T1/B1/" + TOKEN,
                "http://local host/services/" + TOKEN,
                "localhost/services/" + TOKEN,
                "http://localhost:99999/services/" + TOKEN,
                "ftp://localhost/services/" + TOKEN,
                "http://localhost:1/services/a|b{" + TOKEN + "}",
                "http://localhost:1/" + TOKEN + "/sérvices é",
                "http://localhost:1/" + TOKEN + "%zz"
            })
    void an_address_that_is_no_url_stops_the_start_and_is_not_told(String url) {
        assertThatThrownBy(() -> start(url))
                .hasStackTraceContaining("sinks.slack.webhook-url is not an http or https URL.")
                .satisfies(fault -> {
                    StringWriter all = new StringWriter();
                    fault.printStackTrace(new PrintWriter(all));
                    assertThat(all.toString()).doesNotContain(TOKEN);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:" + TOKEN + "@localhost:1/services/abc",
                "http://localhost:1/services/a?token=" + TOKEN
            })
    void an_address_that_nobody_answers_is_not_told(String url) {
        start(url);
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> !reason().equals(List.of("null")));
        assertThat(reason().get(0)).doesNotContain(TOKEN);
    }

    private void start(String url) {
        gateway.with("sinks.slack.webhook-url", url).start();
    }

    private List<String> reason() {
        List<String> rows = gateway.store().rows("SELECT reason FROM delivery WHERE sink = 'slack'");
        return rows.isEmpty() ? List.of("null") : rows;
    }
}
