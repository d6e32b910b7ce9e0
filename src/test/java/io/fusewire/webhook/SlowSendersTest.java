package io.fusewire.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.GatewayExtension;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who opens connections and says little, on both ports, while others send as they should. */
class SlowSendersTest {
    private static final String RECEIVED = "{\"received\":true}";
    private static final int BODY = 64 * 1024;
    private static final int CONNECTIONS = 40;

    /** Room for four bodies that are not whole. */
    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension()
            .with("fusewire.webhook.max-body-size", String.valueOf(BODY))
            .with("fusewire.webhook.max-bytes-in-flight", String.valueOf(4 * BODY))
            .with("fusewire.webhook.max-connections", String.valueOf(CONNECTIONS))
            .with("fusewire.webhook.idle-timeout", "2s")
            .with("fusewire.webhook.body-timeout", "2s");

    private final List<Socket> open = new ArrayList<>();

    enum Port {
        WEBHOOKS(gateway::port, "/webhooks/langfuse"),
        MANAGEMENT(gateway::managementPort, "/observe/health");

        private final IntSupplier number;
        private final String path;

        Port(IntSupplier number, String path) {
            this.number = number;
            this.path = path;
        }
    }

    @AfterEach
    void hang_up() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void unsigned_bodies_that_never_end_shut_nobody_out() throws IOException {
        for (int i = 0; i < 20; i++) {
            try {
                say(Port.WEBHOOKS, post(Port.WEBHOOKS, BODY) + "x".repeat(BODY - 500));
            } catch (SocketException refused) {
                assertThat(i).as("there is room for the first ones").isGreaterThan(2);
            }
        }
        await().until(() -> gateway.post(event()).body().equals(RECEIVED));
    }

    @Test
    void a_promise_of_a_body_takes_no_room() throws IOException {
        for (int i = 0; i < CONNECTIONS - 5; i++) {
            say(Port.WEBHOOKS, post(Port.WEBHOOKS, BODY));
        }
        assertThat(gateway.post(event()).body()).isEqualTo(RECEIVED);
    }

    @ParameterizedTest
    @EnumSource
    void a_body_at_a_byte_a_moment_is_ended_in_time_and_told_so(Port port) throws IOException {
        Socket slow = say(port, post(port, BODY));
        dripUntilEnded(slow);
        assertThat(answer(slow)).startsWith("HTTP/1.1 408").contains("{\"error\":\"The body came too slowly.\"}");
    }

    @ParameterizedTest
    @EnumSource
    void headers_at_a_byte_a_moment_are_ended_in_time(Port port) throws IOException {
        dripUntilEnded(say(port, "GET " + port.path + " HTTP/1.1\r\nHost: localhost\r\nx-slow: "));
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_says_nothing_is_closed_in_time(Port port) throws IOException {
        assertThat(answer(say(port, ""))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void connections_that_say_nothing_shut_nobody_out(Port port) throws IOException {
        for (int i = 0; i < 2 * CONNECTIONS; i++) {
            say(port, "");
        }
        await().atMost(Duration.ofMillis(1900)).ignoreExceptions().until(() -> {
            Socket late = say(port, "GET " + port.path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return answer(late).matches("(?s)HTTP/1.1 (200|405).*");
        });
    }

    @Test
    void a_request_that_expects_to_be_told_to_continue_is() throws IOException {
        String event = event();
        Socket socket = say(
                Port.WEBHOOKS,
                "POST /webhooks/langfuse HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nConnection: close\r\n"
                        + "x-langfuse-signature: " + gateway.signature(event) + "\r\nContent-Length: " + event.length()
                        + "\r\n\r\n");
        String go = new String(socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length()), US_ASCII);
        assertThat(go).startsWith("HTTP/1.1 100");
        socket.getOutputStream().write(event.getBytes(US_ASCII));
        assertThat(answer(socket)).startsWith("HTTP/1.1 200").contains(RECEIVED);
    }

    @Test
    void an_expected_body_that_would_be_too_large_is_not_asked_for() throws IOException {
        String head = post(Port.WEBHOOKS, BODY + 1).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n");
        assertThat(answer(say(Port.WEBHOOKS, head))).startsWith("HTTP/1.1 413");
    }

    private Socket say(Port port, String text) throws IOException {
        Socket socket = new Socket("localhost", port.number.getAsInt());
        open.add(socket);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        return socket;
    }

    private static String post(Port port, int length) {
        return "POST " + port.path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** Each byte comes well within what a connection may be silent. */
    private static void dripUntilEnded(Socket socket) {
        await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(8))
                .until(() -> {
                    if (socket.getInputStream().available() > 0) {
                        return true;
                    }
                    try {
                        socket.getOutputStream().write('x');
                        return false;
                    } catch (SocketException ended) {
                        return true;
                    }
                });
    }

    private static String answer(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
    }

    private static String event() {
        return "{\"type\":\"t\",\"id\":\"" + UUID.randomUUID() + "\"}";
    }
}
