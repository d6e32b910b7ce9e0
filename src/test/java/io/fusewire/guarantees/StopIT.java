package io.fusewire.guarantees;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.signature.Signature;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayProcess;
import io.fusewire.testing.StoreFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: what is in flight is answered or goes back, the process exits 0 soon, the next start goes on. */
class StopIT {
    private static final String SECRET = "lf-whsec_secret-of-the-stop-test";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final FakeSinks sinks = new FakeSinks();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<String> answered = new ConcurrentSkipListSet<>();
    private final Set<Integer> statuses = new ConcurrentSkipListSet<>();
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws IOException {
        Map<String, String> properties = new TreeMap<>(sinks.properties());
        properties.put("fusewire.webhook.secrets", SECRET);
        properties.put("fusewire.delivery.first-wait", "2s");
        properties.put("fusewire.delivery.redeliveries", "3");
        properties.put("fusewire.delivery.redelivery-delay", "8s");
        Files.write(
                folder.resolve("application.properties"),
                properties.entrySet().stream()
                        .map(one -> one.getKey() + " = " + one.getValue())
                        .toList());
        gateway = GatewayProcess.start(GatewayProcess.JAR, folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
        sinks.close();
    }

    @Test
    void under_load_every_request_is_answered_or_refused_and_what_was_answered_200_is_kept() throws Exception {
        AtomicBoolean sending = new AtomicBoolean(true);
        ExecutorService senders = Executors.newFixedThreadPool(32);
        for (int sender = 0; sender < 32; sender++) {
            String name = "sender-" + sender + "-";
            senders.execute(() -> {
                for (int i = 0; sending.get(); i++) {
                    sending.compareAndSet(true, post(name + i));
                }
            });
        }
        await().until(() -> answered.size() > 1_000);
        assertThat(terminateSoon()).isZero();
        sending.set(false);
        senders.shutdown();
        assertThat(senders.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(statuses).as("503 while it stops, never 404").isSubsetOf(200, 503);
        assertThat(new StoreFile(folder).rows("SELECT key FROM event")).containsAll(answered);
        assertThat(new StoreFile(folder).rows("SELECT event_id, sink, reason FROM delivery WHERE state = 'dead'"))
                .as("a stop breaks no rule")
                .isEmpty();
        assertThat(new StoreFile(folder)
                        .rows("SELECT event_id, sink, reason FROM delivery WHERE attempts > 0 AND state = 'waiting'"))
                .as("a stop fails no delivery")
                .isEmpty();
        gateway = gateway.again();
        await().until(() -> gateway.get("/observe/metrics").contains("fusewire_events_waiting 0.0"));
    }

    @Test
    void a_delivery_between_two_quick_redeliveries_goes_back_and_is_delivered_after_the_next_start() throws Exception {
        sinks.slackAnswers(aResponse().withStatus(500));
        post("a");
        await().until(() -> sinks.slack().size() == 1);
        assertThat(terminateSoon()).isZero();
        assertThat(new StoreFile(folder).rows("SELECT state, leased_until FROM delivery WHERE sink = 'slack'"))
                .containsExactly("waiting 0");
        sinks.slackAnswers(aResponse().withStatus(200).withBody("ok"));
        int before = sinks.slack().size();
        gateway = gateway.again();
        await().until(() -> sinks.slack().size() == before + 1);
        assertThat(sinks.pagerDuty()).hasSize(1);
    }

    @Test
    void a_delivery_that_its_sink_is_slow_to_answer_is_finished() throws Exception {
        sinks.slackAnswers(aResponse().withFixedDelay(3_000).withStatus(200).withBody("ok"));
        post("a");
        await().until(() -> sinks.pagerDuty().size() == 1);
        assertThat(terminateSoon()).isZero();
        assertThat(gateway.log().lines())
                .last()
                .asString()
                .contains("INFO", "Fusewire has stopped after ", "; nothing was in flight any more");
        assertThat(new StoreFile(folder).rows("SELECT DISTINCT state FROM delivery"))
                .containsExactly("delivered");
    }

    /** As load balancers need it: they see 503 first, and until they have, whatever they send is taken. */
    @Test
    void behind_a_load_balancer_it_is_unready_for_a_while_and_takes_every_event_meanwhile() throws Exception {
        gateway.close();
        gateway = GatewayProcess.start(GatewayProcess.JAR, folder, "-Dfusewire.stop.unready-for=6s");
        URI healthz = gateway.webhooks().resolve("/healthz");
        assertThat(status(healthz)).isEqualTo(200);
        gateway.sigterm();
        long began = System.nanoTime();
        await().until(() -> status(healthz) == 503);
        assertThat(http.send(HttpRequest.newBuilder(healthz).build(), HttpResponse.BodyHandlers.discarding())
                        .headers()
                        .firstValue("Connection"))
                .contains("close");
        assertThat(gateway.get("/observe/health/ready")).contains("\"status\":\"DOWN\"");
        assertThat(gateway.get("/observe/health/live")).contains("\"status\":\"UP\"");
        gateway.sigterm();
        int sent = 0;
        while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(4)) {
            assertThat(post("late-" + sent++)).isTrue();
            assertThat(status(healthz)).isEqualTo(503);
        }
        assertThat(statuses).containsExactly(200);
        assertThat(answered).hasSize(sent);
        assertThat(terminateSoon()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofSeconds(6), SOON);
        assertThat(new StoreFile(folder).rows("SELECT key FROM event")).containsAll(answered);
    }

    private int status(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private int terminateSoon() throws InterruptedException {
        long began = System.nanoTime();
        int exit = gateway.terminate();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
        return exit;
    }

    /** False when nobody answers any more. */
    private boolean post(String id) {
        byte[] body = ("{\"event\":\"trace.updated\",\"id\":\"" + id + "\",\"data\":{\"traceId\":\"" + id
                        + "\",\"level\":\"ERROR\"}}")
                .getBytes(StandardCharsets.UTF_8);
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(gateway.webhooks())
                            .header("x-langfuse-signature", Signature.langfuse(body, SECRET, Instant.now()))
                            .timeout(Duration.ofSeconds(10))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            statuses.add(answer.statusCode());
            if (answer.statusCode() == 200) {
                answered.add("trace.updated|id=" + id);
            }
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
