package io.fusewire.guarantees;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.RunningGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Admin is for who has the token, and off where there is none. */
class AdminTokenTest {
    @TempDir
    Path folder;

    private final FakeSinks sinks = new FakeSinks();
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        start("fusewire.admin.replay-per-second", "1");
    }

    private void start(String property, String value) {
        Map<String, String> properties = new HashMap<>(sinks.properties());
        properties.put(property, value);
        gateway = RunningGateway.in(folder, properties);
    }

    @AfterEach
    void stop() {
        gateway.close();
        sinks.close();
    }

    @Test
    void without_a_token_configured_admin_is_off() {
        gateway.close();
        start("fusewire.admin.token", "");
        HttpResponse<String> answer = gateway.management("GET", "/admin/dead-letters");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Admin is off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer wrong", "Bearer", "Bearer ", "Basic YTpi", RunningGateway.ADMIN_TOKEN, "Bearer an-admin"
            })
    void with_a_wrong_token_nothing_is_shown_or_done(String authorization) throws Exception {
        long id = deadLetters(1).get(0);
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
        assertThat(list("")).hasSize(1);
    }

    @Test
    void no_header_of_the_request_comes_back() {
        HttpResponse<String> answer = request("GET", "?sink=slack", "x-custom", "echo");
        assertThat(answer.headers().map().keySet())
                .map(String::toLowerCase)
                .isSubsetOf("content-type", "content-length", "transfer-encoding", "connection", "date");
    }

    private HttpResponse<String> request(String method, String path, String header, String value) {
        String port = gateway.camel().resolvePropertyPlaceholders("{{camel.management.port}}");
        return gateway.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/admin/dead-letters" + path))
                        .header(header, value)
                        .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private List<Long> deadLetters(int count) throws Exception {
        sinks.slackAnswers(aResponse().withStatus(400).withBody("no_text"));
        for (int i = 0; i < count; i++) {
            gateway.post(RunningGateway.fresh("score-created"));
        }
        await().until(() -> list("").size() == count);
        return list("");
    }

    private List<Long> list(String query) throws Exception {
        return json(gateway.management("GET", "/admin/dead-letters" + query)).findValues("id").stream()
                .map(JsonNode::asLong)
                .toList();
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
