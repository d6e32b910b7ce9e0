package io.fusewire.embed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.Fusewire;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers of our own in a host are bounded and guarded as the program's are. */
class HostedHttpServersTest {
    private static final String WHOLE = " HTTP/1.1\r\nHost: l\r\nConnection: close\r\n";

    @RegisterExtension
    final Host host = new Host();

    @Test
    void its_own_servers_are_bounded_and_guarded_before_a_body_is_read() throws Exception {
        try (Fusewire gateway = host.gateway()
                .set("fusewire.webhook.max-body-size", "2000")
                .set("fusewire.webhook.max-header-size", "9000")
                .set("fusewire.webhook.idle-timeout", "1s")
                .set("fusewire.webhook.body-timeout", "1s")
                .start()) {
            assertThat(gateway.ready()).isTrue();
            int webhooks = host.port();
            int admin = host.managementPort();
            assertThat(answer(webhooks, "")).isEmpty();
            assertThat(answer(admin, "")).isEmpty();
            assertThat(answer(webhooks, "POST /webhooks/langfuse" + WHOLE + "Content-Length: 9\r\n\r\n{"))
                    .startsWith("HTTP/1.1 408");
            assertThat(answer(webhooks, "POST /webhooks/langfuse?a=%zz" + WHOLE + "\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(answer(webhooks, "POST /webhooks/langfuse" + WHOLE + "x: " + "y".repeat(9_000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431");
            assertThat(answer(
                            webhooks,
                            "POST /webhooks/langfuse" + WHOLE + "Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 415");
            assertThat(answer(webhooks, "GET /healthz" + WHOLE + "\r\n")).startsWith("HTTP/1.1 200");
            assertThat(answer(webhooks, "HEAD /" + WHOLE + "\r\n")).startsWith("HTTP/1.1 200");
            String authorized = WHOLE + "Authorization: Bearer of-the-host\r\n";
            assertThat(answer(admin, "POST /admin/explain" + WHOLE + "Content-Length: 9\r\n\r\n"))
                    .startsWith("HTTP/1.1 401");
            assertThat(answer(admin, "GET /admin/dead-letters?Authorization=Bearer%20of-the-host" + WHOLE + "\r\n"))
                    .startsWith("HTTP/1.1 401");
            assertThat(answer(admin, "POST /admin/explain" + authorized + "Content-Length: 3000\r\n\r\n"))
                    .startsWith("HTTP/1.1 413");
            assertThat(answer(admin, "GET /admin/dead-letters" + authorized + "\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    private static String answer(int port, String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes("HTTP/1.1 000".length()), US_ASCII);
        }
    }
}
