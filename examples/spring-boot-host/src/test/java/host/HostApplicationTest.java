package host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.fusewire.signature.Signature;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The application runs, and an event goes through it to Slack; its own routes don't notice. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class HostApplicationTest {
    private static final String SECRET = "lf-whsec_only-for-trying-it-out";
    private static final List<String> SLACK = new CopyOnWriteArrayList<>();
    private static HttpServer slack;

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @Autowired
    CamelContext camel;

    private final HttpClient client = HttpClient.newHttpClient();

    @TestConfiguration
    static class OwnRoutes {
        @Bean
        RouteBuilder accept() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("platform-http:/orders").routeId("accept").setBody(constant("an order"));
                }
            };
        }
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) throws IOException {
        slack = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        slack.createContext("/", exchange -> {
            SLACK.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        slack.start();
        registry.add("sinks.slack.webhook-url", () -> "http://127.0.0.1:" + slack.getAddress().getPort() + "/services/T/B/x");
        registry.add("fusewire.data-folder", () -> folder.resolve("data").toString());
    }

    @AfterAll
    static void stop() {
        slack.stop(0);
    }

    @Test
    void an_event_goes_through_the_host_to_slack() throws Exception {
        byte[] event = Files.readAllBytes(Path.of("../events/trace-error.json"));
        HttpRequest.Builder webhook = HttpRequest.newBuilder(at("/webhooks/langfuse"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(event));
        assertThat(send(webhook.copy()).statusCode()).isEqualTo(401);
        webhook.header("x-langfuse-signature", Signature.langfuse(event, SECRET, Instant.now()));
        assertThat(send(webhook).body()).isEqualTo("{\"received\":true}");
        assertThat(send(webhook).body()).isEqualTo("{\"received\":true,\"duplicate\":true}");
        await().atMost(Duration.ofSeconds(60)).until(() -> SLACK.size() == 1);
        assertThat(SLACK.get(0)).contains("429 Too Many Requests from provider");
        assertThat(send(HttpRequest.newBuilder(at("/orders"))).body()).isEqualTo("an order");
        assertThat(send(HttpRequest.newBuilder(at("/actuator/metrics/fusewire.requests"))).body()).contains("accepted");
        assertThat(send(HttpRequest.newBuilder(at("/actuator/health"))).body()).contains("UP");
        assertThat(camel.getRoute("fusewire-accept").getUptimeMillis()).isPositive();
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
