package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.fusewire.signature.Signature;
import io.fusewire.testing.Program;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.TestCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's nginx and haproxy, with the files of examples/deploy, in front of a gateway whose twin is away. */
class ReverseProxyTest {
    private static final String SECRET = RunningGateway.SECRET;

    @TempDir
    Path folder;

    private final int port = RunningGateway.freePort();
    private final int twin = RunningGateway.freePort();
    private TestCertificate certificate;
    private HttpClient http;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        certificate = TestCertificate.forHost("localhost", folder);
        http = HttpClient.newBuilder().sslContext(certificate.trusting()).build();
        gateway = RunningGateway.in(Files.createDirectory(folder.resolve("gateway")), Map.of());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void nginx_brings_webhooks_and_nothing_else() throws Exception {
        assertBrings(nginx());
    }

    @Test
    void nginx_hands_what_one_answers_503_to_the_other_and_asks_nobody_for_his_health() throws Exception {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        HttpServer unready = HttpServer.create(new InetSocketAddress("127.0.0.1", twin), 0);
        unready.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        unready.start();
        try {
            assertBrings(nginx());
        } finally {
            unready.stop(0);
        }
        assertThat(asked).isNotEmpty().allMatch(path -> path.contains("/webhooks/langfuse"));
    }

    private List<String> nginx() throws Exception {
        assumeTrue(Program.isInstalled("nginx"), "needs Debian's nginx");
        Path site = write(
                "fusewire.conf",
                example("nginx/fusewire.conf")
                        .replace("listen 443 ssl", "listen " + port + " ssl")
                        .replace(
                                "/etc/nginx/tls/events.example.com.pem",
                                certificate.chain().toString())
                        .replace(
                                "/etc/nginx/tls/events.example.com.key",
                                certificate.key().toString()));
        String temporary =
                "client_body proxy fastcgi uwsgi scgi".replaceAll("(\\w+)", "$1_temp_path " + folder + "/$1;");
        Path all = write(
                "nginx.conf",
                "daemon off; pid " + folder + "/pid; error_log stderr; events {} http { access_log off; " + temporary
                        + " include " + site + "; }");
        return List.of("nginx", "-e", "stderr", "-c", all.toString());
    }

    @Test
    void haproxy_brings_webhooks_and_nothing_else() throws Exception {
        assumeTrue(Program.isInstalled("haproxy"), "needs Debian's haproxy");
        Path both = write("both.pem", Files.readString(certificate.chain()) + Files.readString(certificate.key()));
        Path config = write(
                "haproxy.cfg",
                example("haproxy/haproxy.cfg")
                        .replace("bind :443", "bind 127.0.0.1:" + port)
                        .replace("/etc/haproxy/events.example.com.pem", both.toString()));
        assertBrings(List.of("haproxy", "-db", "-f", config.toString()));
    }

    private void assertBrings(List<String> command) throws Exception {
        try (Program proxy = Program.start(folder, Map.of(), command)) {
            await().ignoreExceptionsMatching(IOException.class::isInstance).until(() -> {
                assertThat(proxy.isAlive()).as(proxy.output()).isTrue();
                return post("/webhooks/langfuse", event("first")).statusCode() == 200;
            });
            for (int i = 0; i < 10; i++) {
                assertThat(post("/api/webhooks/langfuse", event("more-" + i)).statusCode())
                        .isEqualTo(200);
            }
            assertThat(post("/webhooks/langfuse", event("more-1")).body()).contains("\"duplicate\":true");
            assertThat(post("/webhooks/langfuse", event("x".repeat(2 << 20))).statusCode())
                    .isEqualTo(413);
            assertThat(post("/webhooks/langfuse/nobody", event("a")).statusCode())
                    .isEqualTo(404);
            for (String hidden : List.of("/", "/admin/status", "/observe/metrics", "/healthz", "/webhooks/other")) {
                HttpRequest asked = HttpRequest.newBuilder(at(hidden)).build();
                HttpResponse<String> answer = http.send(asked, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(hidden).isEqualTo(404);
                assertThat(answer.body()).as("the proxy's own").doesNotContain("{");
            }
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return http.send(
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", "application/json")
                        .header("x-langfuse-signature", Signature.langfuse(bytes, SECRET, Instant.now()))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create("https://localhost:" + port + path);
    }

    private static String event(String id) {
        return "{\"event\":\"trace.created\",\"id\":\"" + id + "\",\"data\":{\"traceId\":\"t\"}}";
    }

    /** An example with this gateway as one server; nobody listens where the other should be, unless a test does. */
    private String example(String file) throws IOException {
        return Files.readString(Path.of("examples/deploy", file))
                .replace("127.0.0.1:8080", "127.0.0.1:" + gateway.port())
                .replace("127.0.0.1:8081", "127.0.0.1:" + twin);
    }

    private Path write(String file, String text) throws IOException {
        return Files.writeString(folder.resolve(file), text);
    }
}
