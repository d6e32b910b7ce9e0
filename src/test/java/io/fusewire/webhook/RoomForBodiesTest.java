package io.fusewire.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.GatewayExtension;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gives way where bodies take all room that there is. */
class RoomForBodiesTest {
    private static final int BODY = 64 * 1024;

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension()
            .with("fusewire.webhook.max-body-size", String.valueOf(BODY))
            .with("fusewire.webhook.max-bytes-in-flight", String.valueOf(4 * BODY));

    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void hang_up() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void the_slow_give_way_and_not_who_is_between_two_requests() throws IOException {
        Socket between = connect();
        String event = "{\"type\":\"t\",\"id\":\"" + UUID.randomUUID() + "\"}";
        assertThat(answer(between, event)).startsWith("HTTP/1.1 200");
        List<Socket> slow = new ArrayList<>();
        await("the first of the slow is told").until(() -> {
            Socket one = connect();
            slow.add(one);
            one.getOutputStream().write((head(BODY) + "\r\n" + "x".repeat(BODY - 500)).getBytes(US_ASCII));
            return slow.get(0).getInputStream().available() > 0;
        });
        assertThat(answer(between, event)).startsWith("HTTP/1.1 200");
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("localhost", gateway.port());
        open.add(socket);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String head(int length) {
        return "POST /webhooks/langfuse HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n";
    }

    private static String answer(Socket socket, String event) throws IOException {
        String signature = "x-langfuse-signature: " + gateway.signature(event) + "\r\n\r\n";
        socket.getOutputStream().write((head(event.length()) + signature + event).getBytes(US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("}") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after '" + answer + "'");
            }
            answer.append((char) next);
        }
        return answer.toString();
    }
}
