package io.fusewire.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.testing.GatewayExtension;
import java.io.IOException;
import java.net.Socket;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large a body may be, by what it says of itself and by what really comes. */
class WebhookSizeTest {
    private static final int LIMIT = 4096;

    @RegisterExtension
    static final GatewayExtension gateway =
            new GatewayExtension().with("fusewire.webhook.max-body-size", String.valueOf(LIMIT));

    @ParameterizedTest
    @ValueSource(ints = {LIMIT, LIMIT + 1})
    void a_body_without_a_length_is_measured_as_it_comes(int size) throws IOException {
        String body = sized(size);
        String head = head("Transfer-Encoding: chunked", gateway.signature(body));
        String chunks = "400\r\n" + body.substring(0, 1024) + "\r\n" + Integer.toHexString(size - 1024) + "\r\n"
                + body.substring(1024) + "\r\n0\r\n\r\n";
        assertThat(raw(head + chunks)).startsWith("HTTP/1.1 " + (size > LIMIT ? 413 : 200));
        assertThat(gateway.store().sources(body)).hasSize(size > LIMIT ? 0 : 1);
    }

    @Test
    void a_body_without_an_end_is_refused_before_it_ends() throws IOException {
        String head = head("Transfer-Encoding: chunked", gateway.signature(""));
        assertThat(raw(head + "100000\r\n" + "x".repeat(2 * LIMIT))).startsWith("HTTP/1.1 413");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4097", "999999999999"})
    void a_length_beyond_the_limit_is_refused_before_the_body_comes(String length) throws IOException {
        assertThat(raw(head("Content-Length: " + length, gateway.signature(""))))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void after_a_body_that_is_too_large_the_same_client_is_welcome() {
        String large = sized(LIMIT + 1);
        assertThat(gateway.post(large).statusCode()).isEqualTo(413);
        assertThat(gateway.store().sources(large)).isEmpty();
        String body = event();
        assertThat(gateway.post(body).body()).isEqualTo("{\"received\":true}");
    }

    private static String head(String framing, String signature) {
        return "POST /webhooks/langfuse HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + framing
                + "\r\nx-langfuse-signature: " + signature + "\r\n\r\n";
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes("HTTP/1.1 000".length()), US_ASCII);
        }
    }

    private static String event() {
        return "{\"type\":\"t\",\"id\":\"" + UUID.randomUUID() + "\"}";
    }

    private static String sized(int size) {
        String event = event();
        return event + " ".repeat(size - event.length());
    }
}
