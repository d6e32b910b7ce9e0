package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.RunningGateway;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamsSinkTest extends HttpSinkContract {
    TeamsSinkTest() {
        super("teams", 202, "");
    }

    /** A workflow that answers by itself says what it likes. */
    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204})
    void a_workflow_that_answers_any_success_has_the_card(int status) {
        there().answers(aResponse().withStatus(status).withBody(status == 204 ? "" : "{\"ok\":false}"));
        gateway().post(RunningGateway.fresh("trace-error"));
        await().until(() -> state().equals("delivered"));
        gateway().clock().forward(Duration.ofDays(1));
        gateway().post(RunningGateway.fresh("trace-error"));
        await().until(() -> attempts("delivered") == 2);
        assertThat(there().requests()).hasSize(2);
    }
}
