package io.fusewire.guarantees;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Admin is for who has the token, and off where there is none. */
class AdminTokenTest {
    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks);

    @Test
    void without_a_token_configured_admin_is_off() {
        gateway.with("fusewire.admin.token", "").restart();
        HttpResponse<String> answer = gateway.management("GET", "/admin/dead-letters");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Admin is off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer wrong", "Bearer", "Bearer ", "Basic YTpi", RunningGateway.ADMIN_TOKEN, "Bearer an-admin"
            })
    void with_a_wrong_token_nothing_is_shown_or_done(String authorization) {
        long id = deadLetter();
        for (String[] request : new String[][] {
            {"GET", ""},
            {"GET", "/" + id},
            {"POST", "/" + id + "/replay"},
            {"POST", "/replay?sink=slack"},
            {"DELETE", "/" + id}
        }) {
            HttpResponse<String> answer = request(request[0], request[1], "authorization", authorization);
            assertThat(answer.statusCode()).as(String.join(" ", request)).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("{\"error\":\"The token is missing or wrong.\"}");
        }
        assertThat(gateway.managementWithout("/admin/dead-letters").statusCode())
                .isEqualTo(401);
        assertThat(gateway.json("/admin/dead-letters")).hasSize(1);
    }

    @Test
    void no_header_of_the_request_comes_back() {
        HttpResponse<String> answer = request("GET", "?sink=slack", "x-custom", "echo");
        assertThat(answer.headers().map().keySet())
                .map(String::toLowerCase)
                .isSubsetOf("content-type", "content-length", "transfer-encoding", "connection", "date");
    }

    private HttpResponse<String> request(String method, String path, String header, String value) {
        return gateway.send(gateway.managementRequest("/admin/dead-letters" + path)
                .header(header, value)
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private long deadLetter() {
        sinks.slackAnswers(aResponse().withStatus(400).withBody("no_text"));
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> gateway.json("/admin/dead-letters").size() == 1);
        return gateway.json("/admin/dead-letters").path(0).path("id").asLong();
    }
}
