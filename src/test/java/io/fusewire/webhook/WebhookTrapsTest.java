package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways in which a request could steer Camel, or many could stall the webhooks; each was seen on a real run. */
class WebhookTrapsTest {
    private static final String RECEIVED = "{\"received\":true}";

    private final FakeSinks sinks = new FakeSinks();
    private final ExecutorService senders = Executors.newFixedThreadPool(64);

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks).with("fusewire.webhook.max-in-flight", "70");

    @AfterEach
    void stop() {
        senders.shutdownNow();
    }

    @Test
    void headers_named_like_camels_own_steer_nothing_and_none_comes_back() {
        String body = RunningGateway.fresh("trace-error");
        HttpResponse<String> answer = gateway.send(signed("/webhooks/langfuse?CamelHttpPath=/x&httpMethod=GET", body)
                .header("CamelHttpUri", "http://localhost:1/stolen")
                .header("camelhttpresponsecode", "201")
                .header("cAmElHttpMethod", "DELETE")
                .header("CamelRedeliveryDelay", "99999999")
                .header("breadcrumbId", "b")
                .header("type", "prompt-version")
                .header("severity", "OK")
                .header("x-custom", "leak"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(RECEIVED);
        assertThat(answer.headers().map()).containsOnlyKeys("content-length", "content-type", "fusewire-event");
        await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
        assertThat(sinks.requests("/v2/enqueue").get(0).getHeaders().keys()).doesNotContain("x-custom", "breadcrumbId");
    }

    @Test
    void a_query_parameter_neither_brings_nor_doubles_nor_spoils_the_signature() {
        String body = RunningGateway.fresh("trace-created");
        String right = gateway.signature(body);
        String query = "/webhooks/langfuse?x-langfuse-signature=";
        assertThat(gateway.send(gateway.request(query + right).POST(BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(gateway.send(gateway.request(query + right)
                                .header("x-langfuse-signature", "t=1,v1=" + "0".repeat(64))
                                .POST(BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(gateway.send(signed(query + "rubbish&source=shop", body)).body())
                .isEqualTo(RECEIVED);
        assertThat(gateway.metric("fusewire_requests_total{outcome=\"accepted\",source=\"default\"}"))
                .isEqualTo(1);
    }

    @Test
    void two_signature_headers_are_none() {
        String body = RunningGateway.fresh("trace-created");
        HttpRequest.Builder twice =
                signed("/webhooks/langfuse", body).header("x-langfuse-signature", gateway.signature(body));
        assertThat(gateway.send(twice).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/observe/info", "/q/dev", "/admin/dead-letters"})
    void the_management_port_tells_strangers_nothing(String path) {
        assertThat(gateway.managementWithout(path).statusCode()).isIn(401, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/observe/metrics", "/observe/health", "/admin/dead-letters", "/application.properties"})
    void the_webhook_port_serves_webhooks_alone(String path) {
        assertThat(gateway.send(gateway.request(path)).statusCode()).isEqualTo(404);
    }

    @Test
    void of_fifty_copies_at_once_one_is_first() throws Exception {
        String body = RunningGateway.fresh("trace-error");
        List<String> answers = together(50, i -> gateway.post(body)).stream()
                .map(HttpResponse::body)
                .toList();
        assertThat(answers).filteredOn(RECEIVED::equals).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.contains("duplicate")).hasSize(49);
        await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
        assertThat(rows()).isEqualTo("1");
    }

    @Test
    void three_hundred_events_at_once_are_all_kept() throws Exception {
        List<HttpResponse<String>> answers =
                together(300, i -> gateway.post("{\"type\":\"many\",\"id\":\"" + UUID.randomUUID() + "\"}"));
        assertThat(answers).allMatch(answer -> answer.body().equals(RECEIVED));
        assertThat(rows()).isEqualTo("300");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=b", "application/x-www-form-urlencoded"})
    void a_form_is_refused_before_anything_of_it_touches_the_disk(String type) {
        String upload =
                "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.txt\"\r\n\r\ntext\r\n--b--\r\n";
        HttpResponse<String> answer = gateway.send(gateway.request("/webhooks/langfuse")
                .header("content-type", type)
                .POST(BodyPublishers.ofString(upload)));
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Send JSON.\"}");
        assertThat(Path.of("file-uploads")).doesNotExist();
    }

    @Test
    void while_sixty_wait_for_the_store_who_needs_none_is_answered() throws Exception {
        try (Connection other = gateway.store().lock()) {
            for (int i = 0; i < 60; i++) {
                senders.submit(() -> gateway.post(RunningGateway.fresh("trace-created")));
            }
            await().until(() -> gateway.camel().getInflightRepository().size("fusewire-webhook-default") == 60);
            HttpResponse<String> answer =
                    gateway.send(gateway.request("/webhooks/langfuse").GET());
            assertThat(answer.statusCode()).isEqualTo(405);
            other.createStatement().execute("ROLLBACK");
        }
    }

    @Test
    void while_the_store_is_locked_nobody_hears_received_and_then_all_is_well_by_itself() throws Exception {
        String body = RunningGateway.fresh("trace-created");
        try (Connection other = gateway.store().lock()) {
            long started = System.nanoTime();
            HttpResponse<String> answer = gateway.post(body);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            assertThat(System.nanoTime() - started).as("nanoseconds").isLessThan(10_000_000_000L);
            other.createStatement().execute("ROLLBACK");
        }
        await().until(() -> gateway.post(body).statusCode() == 200);
        assertThat(rows()).isEqualTo("1");
    }

    @Test
    void too_many_requests_are_turned_away_at_once() throws Exception {
        try (Connection other = gateway.store().lock()) {
            List<Socket> waiting = IntStream.range(0, 90).mapToObj(i -> open()).toList();
            await().until(() -> waiting.stream().anyMatch(WebhookTrapsTest::answered));
            assertThat(gateway.metric("fusewire_requests_total{outcome=\"accepted\",source=\"default\"}"))
                    .isZero();
            HttpResponse<String> answer = gateway.post(RunningGateway.fresh("trace-created"));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            other.createStatement().execute("ROLLBACK");
            for (Socket socket : waiting) {
                socket.close();
            }
        }
        await().until(() -> gateway.post(RunningGateway.fresh("trace-created")).statusCode() == 200);
    }

    private Socket open() {
        String body = "{\"type\":\"many\",\"id\":\"" + UUID.randomUUID() + "\"}";
        String request = "POST /webhooks/langfuse HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length()
                + "\r\nx-langfuse-signature: " + gateway.signature(body) + "\r\n\r\n" + body;
        try {
            Socket socket = new Socket("localhost", gateway.port());
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return socket;
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean answered(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Request {
        HttpResponse<String> send(int number);
    }

    private List<HttpResponse<String>> together(int count, Request request) throws Exception {
        List<Callable<HttpResponse<String>>> tasks = IntStream.range(0, count)
                .<Callable<HttpResponse<String>>>mapToObj(i -> () -> request.send(i))
                .toList();
        List<HttpResponse<String>> answers = new java.util.ArrayList<>();
        for (Future<HttpResponse<String>> answer : senders.invokeAll(tasks)) {
            answers.add(answer.get());
        }
        return answers;
    }

    private HttpRequest.Builder signed(String path, String body) {
        return gateway.request(path)
                .header("x-langfuse-signature", gateway.signature(body))
                .POST(BodyPublishers.ofString(body));
    }

    private String rows() {
        return gateway.store().rows("SELECT count(*) FROM event").get(0);
    }
}
