package io.fusewire.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.LogLines;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no request at all is refused with a status, counted, and leaves no stack trace: nobody is proven yet. */
class MalformedRequestsTest {
    private static final String POST = "POST /webhooks/langfuse";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private final LogLines log = new LogLines();

    @AfterEach
    void nothing_of_it_is_in_the_log() {
        assertThat(log.text()).doesNotContain("Exception", "\tat ", "canary");
        log.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(400, "malformed", POST + "?canary=%zz HTTP/1.1\r\nHost: l\r\n\r\n"),
                Arguments.of(400, "malformed", POST + "?canary=% HTTP/1.1\r\nHost: l\r\n\r\n"),
                Arguments.of(400, "malformed", POST + "?canary=%c3%28%f HTTP/1.1\r\nHost: l\r\n\r\n"),
                Arguments.of(400, "malformed", POST + "/%zz HTTP/1.1\r\nHost: l\r\n\r\n"),
                Arguments.of(400, "malformed", POST + " HTTP/1.1\r\nHost: l\r\nContent-Length: -1\r\n\r\n"),
                Arguments.of(
                        400,
                        "malformed",
                        POST + " HTTP/1.1\r\nHost: l\r\nContent-Length: 99999999999999999999\r\n\r\n"),
                Arguments.of(
                        400,
                        "malformed",
                        POST + " HTTP/1.1\r\nHost: l\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
                Arguments.of(
                        431,
                        "headers_too_large",
                        POST + " HTTP/1.1\r\nHost: l\r\nx: " + "c".repeat(33_000) + "\r\n\r\n"),
                Arguments.of(431, "headers_too_large", POST + " HTTP/1.1\r\nHost: l\r\n" + headers(4_000) + "\r\n"),
                Arguments.of(431, "headers_too_large", POST + " HTTP/1.1\r\nHost: l\r\n" + headers(101) + "\r\n"),
                Arguments.of(
                        415,
                        "not_json",
                        POST + " HTTP/1.1\r\nHost: l\r\nContent-Type: application/json\r\n"
                                + "content-type: application/json\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of(414, "line_too_long", POST + "?" + "c".repeat(5_000) + " HTTP/1.1\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void it_is_refused_and_counted(int status, String outcome, String request) throws IOException {
        String sample = "fusewire_requests_total{outcome=\"" + outcome + "\",source=\"unproven\"}";
        double before = gateway.metric(sample);
        assertThat(whole(gateway.port(), request))
                .matches("(?s)HTTP/1.[01] " + status + " .*\r\n\r\n\\{\"error\":\"[A-Z][^\"]+[.]\"}.*")
                .containsIgnoringCase("content-type: application/json");
        await().until(() -> gateway.metric(sample) == before + 1);
    }

    @Test
    void as_many_and_as_large_headers_as_proxies_add_are_fine() {
        String event = "{\"type\":\"t\",\"id\":\"" + UUID.randomUUID() + "\"}";
        var request = gateway.request("/webhooks/langfuse")
                .header("x-langfuse-signature", gateway.signature(event))
                .header("x-large", "c".repeat(20_000));
        for (int i = 0; i < 60; i++) {
            request.header("x-" + i, "y");
        }
        assertThat(gateway.send(request.POST(java.net.http.HttpRequest.BodyPublishers.ofString(event)))
                        .body())
                .isEqualTo("{\"received\":true}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "POST /webhooks/langfuse HTTP/1.1\r\nHost: l\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /webhooks/langfuse HTTP/1.1\r\nx: y\r\n\r\n"
            })
    void what_is_no_http_1_1_is_taken_for_no_event(String request) throws IOException {
        assertThat(answer(request)).doesNotContain(" 200 ", " 101 ");
    }

    @Test
    void an_upgrade_to_http_2_is_not_taken() throws IOException {
        assertThat(answer("GET /webhooks/langfuse HTTP/1.1\r\nHost: l\r\nConnection: Upgrade, HTTP2-Settings, close\r\n"
                        + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"))
                .startsWith("HTTP/1.1 405");
    }

    static Stream<Arguments> refusedByManagement() {
        String health = "GET /observe/health";
        String head = " HTTP/1.1\r\nHost: l\r\n";
        return Stream.of(
                Arguments.of(400, "malformed", health + "?canary=%zz" + head + "\r\n"),
                Arguments.of(400, "malformed", "GET /admin/dead-letters?canary=%zz" + head + "\r\n"),
                Arguments.of(400, "malformed", "GET /%zz" + head + "\r\n"),
                Arguments.of(400, "malformed", "GET /admin/%zz" + head + "\r\n"),
                Arguments.of(400, "malformed", health + head + "Content-Length: -1\r\n\r\n"),
                Arguments.of(401, "not_allowed", "GET /admin/%c3%28" + head + "\r\n"),
                Arguments.of(404, "unknown_path", "GET /canary" + head + "\r\n"),
                Arguments.of(414, "line_too_long", health + "?" + "c".repeat(5_000) + head + "\r\n"),
                Arguments.of(
                        415,
                        "not_json",
                        "POST /observe/health" + head
                                + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of(431, "headers_too_large", health + head + "x: " + "c".repeat(33_000) + "\r\n\r\n"),
                Arguments.of(431, "headers_too_large", health + head + headers(101) + "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("refusedByManagement")
    void on_the_management_port_it_is_refused_and_counted_too(int status, String outcome, String request)
            throws IOException {
        String sample = "fusewire_management_refused_total{outcome=\"" + outcome + "\"}";
        double before = gateway.metric(sample);
        assertThat(whole(gateway.managementPort(), request))
                .matches("(?s)HTTP/1.[01] " + status + " .*\r\n\r\n\\{\"error\":\"[A-Z][^\"]+[.]\"}.*");
        await().until(() -> gateway.metric(sample) == before + 1);
    }

    @Test
    void what_the_management_port_ends_without_a_sentence_is_counted() throws IOException {
        String sample = "fusewire_management_refused_total{outcome=\"malformed\"}";
        double before = gateway.metric(sample);
        assertThat(whole(
                        gateway.managementPort(),
                        "POST /observe/health HTTP/1.1\r\nHost: l\r\nTransfer-Encoding: chunked\r\n\r\ncanary\r\n"))
                .doesNotContain("200");
        await().until(() -> gateway.metric(sample) == before + 1);
    }

    @Test
    void a_sender_that_hangs_up_within_its_body_leaves_no_trace() throws IOException {
        try (Socket socket = new Socket("localhost", gateway.port())) {
            socket.getOutputStream()
                    .write((POST + " HTTP/1.1\r\nHost: l\r\nContent-Length: 9\r\n\r\n{").getBytes(ISO_8859_1));
        }
        assertThat(answer(POST + " HTTP/1.1\r\nHost: l\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                POST + " HTTP/1.1\r\nHost: l\r\nTransfer-Encoding: chunked\r\n\r\ncanary\r\n",
                POST + " HTTP/1.1\r\nHost: l\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n"
            })
    void what_the_server_ends_without_a_sentence_is_counted(String request) throws IOException {
        String sample = "fusewire_requests_total{outcome=\"malformed\",source=\"unproven\"}";
        double before = gateway.metric(sample);
        assertThat(whole(gateway.port(), request)).doesNotContain("200");
        await().until(() -> gateway.metric(sample) == before + 1);
    }

    @Test
    void names_of_headers_are_read_in_any_case() throws IOException {
        String event = "{\"type\":\"t\",\"id\":\"" + UUID.randomUUID() + "\"}";
        assertThat(answer(
                        "POST /webhooks/langfuse HTTP/1.1\r\nhOST: l\r\ncONTENT-tYPE: Application/JSON\r\nCONTENT-LENGTH: "
                                + event.length() + "\r\nX-LANGFUSE-sIGNATURE: " + gateway.signature(event) + "\r\n\r\n"
                                + event))
                .startsWith("HTTP/1.1 200");
    }

    /** What comes until the server closes, or is silent for a while. */
    private static String whole(int port, String request) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            while (all.indexOf("}") < 0) {
                int each = socket.getInputStream().read();
                if (each < 0) {
                    break;
                }
                all.append((char) each);
            }
        } catch (SocketException reset) {
            all.append("reset");
        }
        return all.toString();
    }

    private static String headers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a:" + i + "\r\n").collect(Collectors.joining());
    }

    private static String answer(String request) throws IOException {
        try (Socket socket = new Socket("localhost", gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readNBytes("HTTP/1.1 000 ".length()), ISO_8859_1);
        } catch (SocketException reset) {
            return "reset";
        }
    }
}
