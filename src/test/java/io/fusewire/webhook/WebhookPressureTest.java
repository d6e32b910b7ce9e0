package io.fusewire.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.GatewayExtension;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway with room for one request, while the store stands still and senders behave badly. */
class WebhookPressureTest {
    private static final String RECEIVED = "{\"received\":true}";
    private static final String DUPLICATE = "{\"received\":true,\"duplicate\":true}";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension()
            .with("fusewire.webhook.max-in-flight", "1")
            .with("fusewire.store.commit-timeout", "1800ms");

    /** Whatever happened, the gateway takes webhooks again by itself. */
    @AfterEach
    void webhooks_are_taken_again() {
        untilAnswered(200, () -> gateway.post(event()));
    }

    @Test
    void the_one_inside_and_those_outside_are_told_to_come_again_in_time() throws Exception {
        await().until(() -> inHand() == 0);
        String inside = event();
        String outside = event();
        try (Connection lock = gateway.store().lock()) {
            long start = System.nanoTime();
            CompletableFuture<Duration> waited = new CompletableFuture<>();
            CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> gateway.post(inside));
            first.thenRun(() -> waited.complete(Duration.ofNanos(System.nanoTime() - start)));
            Duration quick = turnedAway(outside, first);
            assertThat(first).as("still inside").isNotDone();
            assertThat(quick).isLessThan(Duration.ofSeconds(1));
            assertComeAgain(first.get());
            assertThat(waited.get()).isLessThan(Duration.ofMillis(2500));
            lock.createStatement().execute("ROLLBACK");
        }
        await().until(() -> gateway.post(outside).body().equals(RECEIVED));
        assertThat(kept(outside)).isEqualTo(1);
        int before = kept(inside);
        assertThat(gateway.post(inside).body()).isEqualTo(before == 0 ? RECEIVED : DUPLICATE);
        assertThat(kept(inside)).isEqualTo(1);
    }

    @Test
    void senders_that_hang_up_give_their_room_back() throws Exception {
        for (int i = 0; i < 20; i++) {
            String body = event();
            // Whole, and gone before the answer; half, and gone; only a promise of a body.
            sendAndLeave(head(body, body.length()) + body);
            sendAndLeave(head(body, body.length()) + body.substring(0, 10));
            sendAndLeave(head(body, 500_000));
        }
    }

    @Test
    void senders_that_hang_up_while_the_store_stands_still_give_their_room_back() throws Exception {
        try (Connection lock = gateway.store().lock()) {
            String body = event();
            sendAndLeave(head(body, body.length()) + body);
            lock.createStatement().execute("ROLLBACK");
        }
    }

    @Test
    void senders_that_say_little_take_no_room() throws Exception {
        String body = event();
        try (Socket slow = new Socket("localhost", gateway.port())) {
            slow.getOutputStream().write((head(body, body.length()) + "{").getBytes(UTF_8));
            untilAnswered(200, () -> gateway.post(event()));
        }
    }

    @Test
    void refusals_give_their_room_back() {
        for (int i = 0; i < 20; i++) {
            untilAnswered(401, () -> gateway.post("/webhooks/langfuse", event(), "wrong"));
            untilAnswered(400, () -> gateway.post("{}"));
            untilAnswered(413, () -> gateway.post(" ".repeat(2 << 20)));
            untilAnswered(405, () -> gateway.send(gateway.request("/webhooks/langfuse")));
        }
    }

    /** A sender may come back before its own last request is counted out, so it may be told to come again. */
    private static void untilAnswered(int status, Supplier<HttpResponse<String>> request) {
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> request.get().statusCode(), code -> code != 503 && assertStatus(code, status));
    }

    private static boolean assertStatus(int actual, int expected) {
        assertThat(actual).isEqualTo(expected);
        return true;
    }

    /** Knocks until it is turned away because somebody else is inside; how long that one answer took. */
    private static Duration turnedAway(String body, CompletableFuture<?> inside) {
        await().until(() -> inside.isDone() || inHand() > 0);
        long start = System.nanoTime();
        assertComeAgain(gateway.post(body));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static int inHand() {
        return gateway.camel().getInflightRepository().size("fusewire-webhook-default");
    }

    private static void assertComeAgain(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).get().asString().matches("[1-9]\\d?");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).matches("\\{\"error\":\"[A-Z][^\".]+\\.\"}");
    }

    private static String head(String body, int length) {
        return "POST /webhooks/langfuse HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length
                + "\r\nx-langfuse-signature: "
                + gateway.signature(body)
                + "\r\n\r\n";
    }

    /** Hangs up with a reset, without waiting for an answer. */
    private static void sendAndLeave(String request) throws IOException {
        try (Socket socket = new Socket("localhost", gateway.port())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request.getBytes(UTF_8));
        }
    }

    private static int kept(String body) {
        return gateway.store().sources(body).size();
    }

    private static String event() {
        return "{\"type\":\"t\",\"id\":\"" + UUID.randomUUID() + "\"}";
    }
}
