package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP routes that an engineer adds beside the webhook's. */
class OwnWebhookRouteTest {
    private static final String ROUTE =
            """
            - route:
                id: own
                description: An HTTP route of the engineer's own.
                from:
                  uri: %s:/own
                  steps:
                    - setHeader: {id: status, name: CamelHttpResponseCode, constant: "%s"}
                    - setBody: {id: text, constant: hello}
            """;

    @TempDir
    Path folder;

    @Test
    void one_on_camels_own_engine_is_answered() throws IOException {
        try (RunningGateway gateway = with(ROUTE.formatted("platform-http", "201"))) {
            HttpResponse<String> answer = gateway.send(gateway.request("/own").GET());
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("hello");
        }
    }

    @Test
    void an_answer_that_cannot_be_made_is_a_500_and_leaves_nothing_in_flight() throws IOException {
        try (RunningGateway gateway = with(ROUTE.formatted("fusewire-webhooks", "none"))) {
            HttpResponse<String> answer = gateway.send(
                    gateway.request("/own").timeout(Duration.ofSeconds(20)).GET());
            assertThat(answer.statusCode()).isEqualTo(500);
            await().until(() -> gateway.camel().getInflightRepository().size() == 0);
        }
    }

    private RunningGateway with(String route) throws IOException {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/own.camel.yaml"), route);
        return RunningGateway.in(folder, Map.of());
    }
}
