package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What load balancers ask at the webhooks' port, and health by HEAD. */
class ReadinessProbeTest {
    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private final Vertx vertx = Vertx.vertx();
    private final int port = RunningGateway.freePort();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final AtomicInteger asks = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/"})
    void a_gateway_says_that_it_takes_events_and_nothing_more(String path) {
        HttpResponse<String> answer = gateway.send(gateway.request(path));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"ready\":true}");
        assertThat(answer.headers().map().keySet())
                .containsExactlyInAnyOrder("content-type", "content-length", "cache-control");
        HttpResponse<String> head = gateway.send(gateway.request(path).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        HttpResponse<String> post = gateway.send(gateway.request(path).POST(BodyPublishers.ofString("{}")));
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/observe/health", "/observe/health/live", "/observe/health/ready?data=true", "/observe/metrics"
            })
    void the_management_port_answers_head_as_get_without_the_body(String path) {
        HttpResponse<String> head =
                gateway.send(gateway.managementRequest(path).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(gateway.managementWithout(path).body()).isNotEmpty();
    }

    @Test
    void head_needs_admins_token_as_get_does() {
        assertThat(gateway.send(gateway.managementRequest("/admin/silences").method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(gateway.management("HEAD", "/admin/silences").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/observe/health", "/webhooks", "/healthz/x", "/favicon.ico"})
    void an_unknown_path_is_answered_in_json_on_both_ports(String path) {
        for (HttpRequest.Builder request :
                List.of(gateway.request(path), gateway.managementRequest(path.replace("/observe", "/obverse")))) {
            HttpResponse<String> answer = gateway.send(request);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(GatewayExtension.json(answer).path("error").asText())
                    .startsWith("There is nothing at this path: webhooks are posted to /webhooks/langfuse");
        }
    }

    @Test
    void one_look_serves_all_who_ask_at_once() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        serve(() -> {
            asks.incrementAndGet();
            await().until(() -> asked.getCount() == 0);
            return ready.get();
        });
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 30)
                .mapToObj(i -> client.sendAsync(healthz(), BodyHandlers.ofString()))
                .toList();
        await().until(() -> asks.get() == 1);
        asked.countDown();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(asks).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void it_says_no_a_second_after_it_is_so_and_yes_again_and_a_look_that_fails_is_a_no() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        serve(() -> {
            if (broken.get()) {
                throw new IllegalStateException("the store is away");
            }
            return ready.get();
        });
        assertThat(status()).isEqualTo(200);
        ready.set(false);
        await().until(() -> status() == 503);
        ready.set(true);
        await().until(() -> status() == 200);
        broken.set(true);
        await().until(() -> status() == 503);
    }

    private int status() throws Exception {
        return client.send(healthz(), BodyHandlers.ofString()).statusCode();
    }

    private HttpRequest healthz() {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/healthz"))
                .build();
    }

    private void serve(java.util.function.BooleanSupplier look) throws Exception {
        Router router = Router.router(vertx);
        router.route().handler(new ReadinessProbe(look)::answers);
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(port)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }
}
