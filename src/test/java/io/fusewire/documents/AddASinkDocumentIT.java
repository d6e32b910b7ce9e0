package io.fusewire.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.fusewire.testing.CodeBlocks;
import io.fusewire.testing.GatewayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sink is added as docs/add-a-sink.md says. */
class AddASinkDocumentIT {
    private static final String SINK = "docs/add-a-sink.md";

    private static final String RULE =
            """
            - route:
                id: chat-rules
                description: Traces that failed.
                from:
                  uri: fusewire:events
                  steps:
                    - filter:
                        id: chat-error
                        simple: ${header.level} == 'ERROR'
                        steps:
                          - to:
                              id: chat-error-alert
                              uri: fusewire:alert/chat-error
                              parameters: {severity: critical, sinks: chat}
            """;

    @TempDir
    Path folder;

    @Test
    void the_document_adds_a_sink() throws Exception {
        Path live = Files.createDirectories(folder.resolve("sunk"));
        Path jar = DocumentedJar.copyJar(live);
        List<String> yaml = CodeBlocks.of(SINK, "yaml");
        List<String> json = CodeBlocks.of(SINK, "json");
        List<String> shown = CodeBlocks.of(SINK, "text");
        List<String> typed = CodeBlocks.of(SINK, "shell");
        assertThat(List.of(yaml.size(), json.size(), shown.size(), typed.size()))
                .containsExactly(4, 1, 3, 4);
        assertThat(yaml.get(0).lines()).hasSizeLessThanOrEqualTo(20);
        DocumentedJar.write(live.resolve("routes/sinks/chat.camel.yaml"), yaml.get(0));
        DocumentedJar.write(live.resolve("routes/rules/toxicity.camel.yaml"), yaml.get(1));
        DocumentedJar.write(live.resolve("toxic.json"), json.get(0));
        DocumentedJar.write(live.resolve("rules/toxicity.yaml"), yaml.get(2));
        assertThat(DocumentedJar.type(typed.get(0), jar, live).strip()).endsWith("\n" + shown.get(0));
        assertThat(lines(DocumentedJar.type(typed.get(1), jar, live))).containsSubsequence(lines(shown.get(1)));

        assertThat(typed.get(2)).isEqualTo("java " + DocumentedJar.DEV + " -jar fusewire.jar");
        assertThat(typed.get(3)).isEqualTo("java " + DocumentedJar.DEV + " -jar fusewire.jar send toxic.json");
        String message = shown.get(1).substring(shown.get(1).indexOf('{'));
        try (GatewayProcess gateway = GatewayProcess.start(jar, live, DocumentedJar.DEV)) {
            gateway.send(jar, live, 0, live.resolve("toxic.json"));
            await().until(() -> DocumentedJar.printed(gateway).size() == 1);
            assertThat(gateway.log()).contains("chat has no address; it would have been sent:");
            assertThat(DocumentedJar.printed(gateway).get(0)).isEqualTo(DocumentedJar.timeless(message));
            // Else its store may not know yet that it was printed, and the next start sends it.
            await().until(() -> gateway.get("/observe/metrics")
                    .contains("fusewire_deliveries_total{outcome=\"printed\",sink=\"chat\"} 1.0"));
        }

        DocumentedJar.write(
                live.resolve("templates/chat/any.jq"), CodeBlocks.of(SINK, "jq").get(0));
        DocumentedJar.write(live.resolve("application.properties"), properties());
        String explained = DocumentedJar.type(typed.get(1), jar, live);
        assertThat(explained.strip()).endsWith(shown.get(2)).doesNotContain("chat is off");
        theChatIsSent(shown.get(2).substring(shown.get(2).indexOf('{')), jar, live);
        theExampleIsThatSink(yaml.get(0), CodeBlocks.of(SINK, "jq").get(0));
    }

    @ParameterizedTest
    @CsvSource({"yaml, chat.camel.yaml", "java, Chat.java", "xml, chat.camel.xml"})
    void the_sink_is_the_same_in_each_language(String language, String file) throws Exception {
        DocumentedJar.write(
                folder.resolve("routes/sinks/" + file),
                CodeBlocks.of(SINK, language).get(0));
        DocumentedJar.write(folder.resolve("routes/rules/chat.camel.yaml"), RULE);
        DocumentedJar.write(folder.resolve("application.properties"), properties() + "\nsinks.chat.per-second = 2\n");
        Path event = Path.of("examples/events/trace-error.json").toAbsolutePath();
        assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 0, List.of(), List.of("explain", event.toString())))
                .contains("fires   chat-error (critical) for chat\n", "\"rule\" : \"chat-error\"")
                .doesNotContain("chat is off");
    }

    /** With an address where the document has a placeholder, which no start would take. */
    private static String properties() throws IOException {
        return CodeBlocks.of(SINK, "properties").get(0).replace("...", "one");
    }

    private static void theChatIsSent(String message, Path jar, Path live) throws Exception {
        BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        HttpServer chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/hooks/", exchange -> {
            arrived.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        chat.start();
        Path properties = live.resolve("application.properties");
        String here = "http://localhost:" + chat.getAddress().getPort() + "/";
        DocumentedJar.write(properties, Files.readString(properties).replace("https://chat.example/", here));
        Path event = live.resolve("toxic.json");
        DocumentedJar.write(
                event, Files.readString(event).replace("score-1", "score-2").replace("trace-1", "trace-2"));
        try (GatewayProcess gateway = GatewayProcess.start(jar, live, DocumentedJar.DEV)) {
            gateway.send(jar, live, 0, event);
            assertThat(DocumentedJar.JSON.readTree(arrived.poll(20, TimeUnit.SECONDS)))
                    .isEqualTo(DocumentedJar.JSON.readTree(message.replace("trace-1", "trace-2")));
        } finally {
            chat.stop(0);
        }
    }

    private void theExampleIsThatSink(String route, String template) throws Exception {
        Path example = Path.of("examples/sinks/chat").toAbsolutePath();
        assertThat(example.resolve("routes/sinks/chat.camel.yaml")).content().endsWith("\n" + route + "\n");
        assertThat(example.resolve("templates/chat/any.jq")).content().endsWith("\n" + template + "\n");
        Path event = Path.of("examples/events/trace-error.json").toAbsolutePath();
        assertThat(GatewayProcess.run(
                        GatewayProcess.JAR,
                        folder,
                        0,
                        List.of("-Dfusewire.config-folder=" + example),
                        List.of("explain", event.toString())))
                .contains("chat-error (critical) for chat", "critical: chat-error\\n429 Too Many Requests");
    }

    /** Without their indents and their time. */
    private static List<String> lines(String text) {
        return text.replaceAll("\"" + DocumentedJar.ARRIVAL, "\"then\"")
                .lines()
                .map(String::strip)
                .toList();
    }
}
