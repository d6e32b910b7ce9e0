package io.fusewire.poll;

import static io.fusewire.fakes.LangfuseShapes.generation;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.Main;
import io.fusewire.fakes.LangfuseApi;
import io.fusewire.fakes.LangfuseServer;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.Program;
import io.fusewire.testing.RawServer;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.TestClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program where only a proxy, which its environment names, leads to Langfuse. */
class ProxiedPollTest {
    private static final String LANGFUSE = "http://langfuse.example";
    private static final String WHO = "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
            + "Connection: close\r\nContent-Length: 0\r\n\r\n";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeSinks sinks = new FakeSinks();
    private final LangfuseApi api = new LangfuseApi(TestClock.running());
    private final LangfuseServer langfuse = new LangfuseServer(api);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final RawServer proxy = new RawServer(this::lead);
    private final int managementPort = RunningGateway.freePort();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private volatile boolean refuses = true;

    @AfterEach
    void stop() {
        proxy.close();
        langfuse.close();
        sinks.close();
    }

    @Test
    void a_proxy_that_refuses_is_told_as_the_proxy_and_when_it_leads_again_nothing_is_lost() throws Exception {
        api.observation(now, generation("o1", now.minusSeconds(60), now.minusSeconds(55), "ERROR"));
        try (Program gateway = gateway()) {
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> !gateway.isAlive() || gateway.output().contains("Poll shop rests: "));
            refuses = false;
            await().until(() -> sinks.slack().size() == 1);
            refuses = true;
            api.observation(now, generation("o2", now.minusSeconds(50), now.minusSeconds(45), "ERROR"));
            await().until(() -> get("/observe/health/ready?data=true").contains("the proxy answered 407"));
            refuses = false;
            await().until(() -> sinks.slack().size() == 2);
            await().until(() -> !get("/observe/health/ready?data=true").contains("the proxy answered"));
            assertThat(gateway.output())
                    .contains(
                            "Poll shop rests: the proxy answered 407",
                            "Poll eu rests: ConnectException: the proxy opens no way, it answered 407")
                    .doesNotContain("refuses the keys", LangfuseApi.PUBLIC_KEY, LangfuseApi.SECRET_KEY);
            assertThat(get("/observe/metrics"))
                    .contains("fusewire_poll_requests_total{outcome=\"proxy_refused\",poll=\"shop\"}")
                    .contains("fusewire_poll_requests_total{outcome=\"failed\",poll=\"eu\"}")
                    .doesNotContain("keys_refused", "missing");
        }
        assertThat(asked)
                .as("none of the sinks', which are on this machine")
                .allMatch(line -> line.startsWith("GET " + LANGFUSE + "/langfuse/api/public/")
                        || line.startsWith("CONNECT langfuse.example:443 "));
        assertThat(sinks.slack()).hasSize(2);
    }

    private Program gateway() throws IOException {
        Map<String, String> properties = new HashMap<>(sinks.properties());
        properties.put("camel.server.port", String.valueOf(RunningGateway.freePort()));
        properties.put("camel.management.port", String.valueOf(managementPort));
        properties.put("fusewire.store.commit-timeout", "10s");
        properties.put("rules.trace-error.group-by", "event");
        properties.put("fusewire.poll.interval", "1s");
        properties.put("fusewire.poll.shop.base-url", LANGFUSE + langfuse.base().getPath());
        properties.put("fusewire.poll.eu.base-url", "https://langfuse.example");
        for (String poll : List.of("shop", "eu")) {
            properties.put("fusewire.poll." + poll + ".public-key", LangfuseApi.PUBLIC_KEY);
            properties.put("fusewire.poll." + poll + ".secret-key", LangfuseApi.SECRET_KEY);
        }
        Files.writeString(
                folder.resolve("application.properties"),
                properties.entrySet().stream()
                        .map(each -> each.getKey() + " = " + each.getValue() + "\n")
                        .collect(Collectors.joining()));
        return Program.start(
                folder,
                Map.of("HTTP_PROXY", proxy.base(), "HTTPS_PROXY", proxy.base()),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
    }

    /** It makes requests for others, and no tunnel for anybody. */
    private void lead(RawServer self, InputStream in, OutputStream out) throws IOException {
        String head = RawServer.head(in);
        if (head.isEmpty()) {
            return;
        }
        asked.add(head.lines().findFirst().orElseThrow());
        if (refuses || head.startsWith("CONNECT ")) {
            self.say(out, WHO);
            return;
        }
        String once = head.replace(LANGFUSE, "")
                .replaceAll("(?i)\r\n(Proxy-)?Connection: [^\r]*", "")
                .replaceFirst("\r\n", "\r\nConnection: close\r\n");
        try (Socket there = new Socket("127.0.0.1", langfuse.base().getPort())) {
            there.getOutputStream().write(once.getBytes(ISO_8859_1));
            there.getInputStream().transferTo(out);
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + managementPort + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
