package io.fusewire.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.LogLines;
import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is refused, by a route or by the server itself, is told in the log: once for each cause, as it is counted. */
class LoggedRefusalsTest {
    @RegisterExtension
    final GatewayExtension gateway =
            new GatewayExtension().with("fusewire.sources.shop.secrets", "lf-whsec_of-the-shop");

    @Test
    void a_wrong_secret_and_what_is_no_request_are_told_once_each() throws IOException {
        try (LogLines log = new LogLines()) {
            for (int i = 0; i < 5; i++) {
                gateway.post("/webhooks/langfuse", RunningGateway.fresh("trace-error"), "lf-whsec_another");
                gateway.post("/webhooks/langfuse/shop", RunningGateway.fresh("trace-error"), "lf-whsec_another");
                gateway.managementWithout("/admin/silences");
                gateway.send(gateway.request("/wp-login.php?canary=1"));
                send("GET / HTTP/1.1\r\nHost: l\r\nx: " + "canary".repeat(6_000) + "\r\n\r\n");
            }
            await().until(() ->
                    gateway.metric("fusewire_requests_total{outcome=\"headers_too_large\",source=\"unproven\"}") == 5);
            List<String> told = List.of(
                    "A webhook was refused, source default, mismatch: none of the source's secrets made the signature",
                    "A webhook was refused, source shop, mismatch: none of the source's secrets made the signature",
                    "A request to the management port was refused, not_allowed: the admin token is missing or wrong, or"
                            + " admin is off",
                    "A webhook was refused, unknown_path: there is nothing at its path",
                    "A webhook was refused, headers_too_large: its headers are over fusewire.webhook.max-header-size,"
                            + " or too many");
            await().until(() -> refusals(log).size() == told.size());
            assertThat(refusals(log)).containsExactlyInAnyOrderElementsOf(told);
            assertThat(log.text()).doesNotContain("canary", "lf-whsec", "login");
        }
        assertThat(gateway.metric("fusewire_requests_total{outcome=\"mismatch\",source=\"shop\"}"))
                .isEqualTo(5);
        assertThat(gateway.metric("fusewire_requests_total{outcome=\"unknown_path\",source=\"unproven\"}"))
                .isEqualTo(5);
    }

    @Test
    void of_a_body_that_is_no_event_the_log_says_why_and_quotes_nothing() {
        try (LogLines log = new LogLines()) {
            for (String body : List.of("{\"canary\":1}", "canary", "[\"canary\"]", " ")) {
                gateway.post("/webhooks/langfuse", body, RunningGateway.SECRET);
            }
            String begin = "A webhook was refused, source default, unreadable: it is signed, and no event: ";
            await().until(() -> refusals(log).size() == 4);
            assertThat(refusals(log))
                    .containsExactlyInAnyOrder(
                            begin + "The event has no type",
                            begin + "The body is not JSON",
                            begin + "The body is not a JSON object",
                            begin + "The body is empty");
            assertThat(log.text()).doesNotContain("canary");
        }
    }

    /** Without how often. */
    private static List<String> refusals(LogLines log) {
        return log.text()
                .lines()
                .filter(line -> line.contains("refused"))
                .map(line -> line.replaceFirst("( \\([2-5] times\\))?[.]$", ""))
                .toList();
    }

    private void send(String request) throws IOException {
        try (Socket socket = new Socket("localhost", gateway.port())) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getInputStream().read();
        }
    }
}
