package io.fusewire.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fusewire.fakes.LangfuseApi;
import io.fusewire.fakes.LangfuseServer;
import io.fusewire.fakes.LangfuseShapes;
import io.fusewire.testing.CodeBlocks;
import io.fusewire.testing.GatewayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README and docs tell to type is typed, and what they show is what comes. */
class DocumentsIT {
    private static final String SINK = "docs/add-a-sink.md";
    private static final String DEV = "-Dcamel.main.profile=dev";
    private static final String ARRIVAL = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"";
    private static final Pattern CURL = Pattern.compile(
            "curl -s (?:-X (\\w+) )?(?:-H 'Authorization: Bearer (\\w+)' )?'?http://localhost:9876(\\S+?)'?$");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void the_first_screen_of_the_readme_shows_what_comes() throws Exception {
        List<String> commands = CodeBlocks.of("README.md", "console");
        assertThat(commands.get(0))
                .isEqualTo("mvn -q -DskipTests package && java -Dcamel.main.profile=dev -jar target/fusewire.jar");
        assertThat(commands.get(1))
                .isEqualTo(
                        "java -Dcamel.main.profile=dev -jar target/fusewire.jar send examples/events/trace-error.json");
        assertThat(commands.get(2))
                .isEqualTo("mvn -B install && mvn -B -f harness verify && mvn -B -f examples verify");
        assertThat(Path.of(".ci/run")).content().endsWith("\n" + commands.get(2) + "\n");
        try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, DEV)) {
            Path event = Path.of("examples/events/trace-error.json");
            List<String> shown = CodeBlocks.of("README.md", "text");
            assertThat(gateway.send(GatewayProcess.JAR, folder, 0, event).strip())
                    .isEqualTo(shown.get(0));
            List<String> messages = CodeBlocks.of("README.md", "json");
            await().until(() -> printed(gateway).size() == messages.size());
            assertThat(printed(gateway))
                    .containsExactlyInAnyOrder(timeless(messages.get(0)), timeless(messages.get(1)));
            await().untilAsserted(
                            () -> assertThat(gateway.get("/observe/metrics").lines())
                                    .containsAll(shown.get(1).lines().toList()));
            assertThat(gateway.send(GatewayProcess.JAR, folder, 0, event)).contains("\"duplicate\":true");
            assertThat(printed(gateway)).hasSize(messages.size());
        }
    }

    @Test
    void going_live_takes_the_jar_its_libraries_and_three_lines() throws Exception {
        assertThat(CodeBlocks.of("README.md", "console").get(3))
                .isEqualTo("mkdir -p target/live && cp -r target/fusewire.jar target/lib target/live/");
        Path live = Files.createDirectories(folder.resolve("live"));
        Path jar = copyJar(live);
        Files.writeString(
                live.resolve("application.properties"),
                CodeBlocks.of("README.md", "properties").get(0).replace("...", "0123456789abcdef"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        for (Path working : List.of(live, elsewhere)) {
            try (GatewayProcess gateway = GatewayProcess.start(jar, working)) {
                assertThat(gateway.get("/observe/health/ready")).contains("\"status\":\"UP\"");
                assertThat(gateway.log()).doesNotContain("everybody knows");
            }
        }
    }

    @Test
    void three_lines_turn_a_poll_on() throws Exception {
        LangfuseApi api = new LangfuseApi(Clock.systemUTC());
        Instant now = Instant.now();
        api.observation(now, LangfuseShapes.generation("o1", now.minusSeconds(9), now.minusSeconds(8), "ERROR"));
        try (LangfuseServer langfuse = new LangfuseServer(api)) {
            String lines = CodeBlocks.of("docs/operating.md", "properties").get(0);
            assertThat(lines.lines()).hasSize(3);
            Files.writeString(
                    folder.resolve("application.properties"),
                    lines.replace(
                                    "https://us.cloud.langfuse.com",
                                    langfuse.base().toString())
                            .replace("pk-lf-...", LangfuseApi.PUBLIC_KEY)
                            .replace("sk-lf-...", LangfuseApi.SECRET_KEY));
            try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, DEV)) {
                await().until(() -> printed(gateway).size() == 2);
                assertThat(gateway.log()).contains("429 Too Many Requests from provider", "?observation=o1");
            }
        }
    }

    @Test
    void add_a_rule_adds_one_with_its_cases() throws Exception {
        Path live = Files.createDirectories(folder.resolve("ruled"));
        Path jar = copyJar(live);
        List<String> yaml = CodeBlocks.of("docs/add-a-rule.md", "yaml");
        assertThat(yaml.get(0).lines()).hasSizeLessThanOrEqualTo(12);
        write(live.resolve("routes/rules/toxicity.camel.yaml"), yaml.get(0));
        Path cases = live.resolve("rules/toxicity.yaml");
        write(cases, yaml.get(1));
        assertThat(CodeBlocks.of("docs/add-a-rule.md", "shell").get(0)).isEqualTo("java -jar fusewire.jar check");
        assertThat(GatewayProcess.run(jar, live, 0, List.of(), List.of("check")).strip())
                .isEqualTo(CodeBlocks.of("docs/add-a-rule.md", "text").get(0));
        Files.writeString(cases, yaml.get(1).replace("reaches: [slack, teams]", "reaches: [slack]"));
        assertThat(GatewayProcess.run(jar, live, 1, List.of(), List.of("check")))
                .contains("rules/toxicity.yaml, case 'a toxic score': reaches slack, teams and not slack");
    }

    @Test
    void add_a_sink_adds_one() throws Exception {
        Path live = Files.createDirectories(folder.resolve("sunk"));
        Path jar = copyJar(live);
        List<String> yaml = CodeBlocks.of(SINK, "yaml");
        List<String> json = CodeBlocks.of(SINK, "json");
        List<String> shown = CodeBlocks.of(SINK, "text");
        List<String> typed = CodeBlocks.of(SINK, "shell");
        assertThat(List.of(yaml.size(), json.size(), shown.size(), typed.size()))
                .containsExactly(4, 1, 3, 4);
        assertThat(yaml.get(0).lines()).hasSizeLessThanOrEqualTo(20);
        write(live.resolve("routes/sinks/chat.camel.yaml"), yaml.get(0));
        write(live.resolve("routes/rules/toxicity.camel.yaml"), yaml.get(1));
        write(live.resolve("toxic.json"), json.get(0));
        write(live.resolve("rules/toxicity.yaml"), yaml.get(2));
        assertThat(type(typed.get(0), jar, live).strip()).isEqualTo(shown.get(0));
        assertThat(lines(type(typed.get(1), jar, live))).containsSubsequence(lines(shown.get(1)));

        assertThat(typed.get(2)).isEqualTo("java " + DEV + " -jar fusewire.jar");
        assertThat(typed.get(3)).isEqualTo("java " + DEV + " -jar fusewire.jar send toxic.json");
        String message = shown.get(1).substring(shown.get(1).indexOf('{'));
        try (GatewayProcess gateway = GatewayProcess.start(jar, live, DEV)) {
            gateway.send(jar, live, 0, live.resolve("toxic.json"));
            await().until(() -> printed(gateway).size() == 1);
            assertThat(gateway.log()).contains("chat has no address; it would have been sent:");
            assertThat(printed(gateway).get(0)).isEqualTo(timeless(message));
        }

        write(live.resolve("templates/chat/any.jq"), CodeBlocks.of(SINK, "jq").get(0));
        write(
                live.resolve("application.properties"),
                CodeBlocks.of(SINK, "properties").get(0));
        String explained = type(typed.get(1), jar, live);
        assertThat(explained.strip()).endsWith(shown.get(2)).doesNotContain("chat is off");
        theChatIsSent(shown.get(2).substring(shown.get(2).indexOf('{')), jar, live);
        theExampleIsThatSink(yaml.get(0), CodeBlocks.of(SINK, "jq").get(0));
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
        write(properties, Files.readString(properties).replace("https://chat.example/", here));
        Path event = live.resolve("toxic.json");
        write(event, Files.readString(event).replace("score-1", "score-2"));
        try (GatewayProcess gateway = GatewayProcess.start(jar, live, DEV)) {
            gateway.send(jar, live, 0, event);
            assertThat(JSON.readTree(arrived.poll(20, TimeUnit.SECONDS))).isEqualTo(JSON.readTree(message));
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

    /** Types a documented command of the jar. */
    private static String type(String command, Path jar, Path folder) throws Exception {
        String beginning = "java -jar fusewire.jar ";
        assertThat(command).startsWith(beginning);
        return GatewayProcess.run(
                jar,
                folder,
                0,
                List.of(),
                List.of(command.substring(beginning.length()).split(" ")));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Without their indents and their time. */
    private static List<String> lines(String text) {
        return text.replaceAll("\"" + ARRIVAL, "\"then\"")
                .lines()
                .map(String::strip)
                .toList();
    }

    @Test
    void a_quicker_start_takes_an_archive_of_classes() throws Exception {
        Path live = Files.createDirectories(folder.resolve("archived"));
        Path jar = copyJar(live);
        String[] commands = CodeBlocks.of("docs/operating.md", "console").get(0).split("\n");
        List<String> making = options(commands[0]);
        making.addAll(List.of(DEV, "-Dcamel.server.port=0", "-Dcamel.management.port=0"));
        assertThat(GatewayProcess.run(jar, live, 0, making, List.of())).contains("Fusewire takes webhooks");
        List<String> using = options(commands[1]);
        using.addAll(List.of(DEV, "-Xshare:on", "-Xlog:class+load:file=classes.txt"));
        try (GatewayProcess gateway = GatewayProcess.start(jar, live, using.toArray(String[]::new))) {
            assertThat(gateway.get("/observe/health/ready")).contains("\"status\":\"UP\"");
        }
        assertThat(live.resolve("classes.txt"))
                .content()
                .contains("io.fusewire.runtime.StandaloneGateway source: shared objects file (top)");
    }

    /** What a documented command line has between java and -jar. */
    private static List<String> options(String command) {
        assertThat(command).startsWith("java -XX:").endsWith(" -jar fusewire.jar");
        return new ArrayList<>(List.of(
                command.substring("java ".length(), command.indexOf(" -jar")).split(" ")));
    }

    @Test
    void every_curl_of_operating_is_answered_and_everything_is_accounted_for() throws Exception {
        int asked = 0;
        try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, DEV)) {
            List<String> commands = new ArrayList<>(CodeBlocks.of("docs/operating.md", "shell"));
            assertThat(commands.remove("java -jar target/fusewire.jar reconcile"))
                    .isTrue();
            assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 0, List.of(), List.of("reconcile")))
                    .endsWith("Everything is accounted for.\n");
            assertThat(commands.remove("java -jar target/fusewire.jar dead-letters"))
                    .isTrue();
            assertThat(gateway.command(0, "dead-letters")).isEqualTo("There are no dead letters.\n");
            assertThat(gateway.command(1, "dead-letters", "show", "1")).isEqualTo("There is no such dead letter.\n");
            assertThat(gateway.command(2, "dead-letters", "burn"))
                    .startsWith("There is no command 'dead-letters burn'; there are list, ");
            for (String command : commands) {
                Matcher curl = CURL.matcher(command);
                assertThat(curl.matches()).as(command).isTrue();
                String method = curl.group(1) == null ? "GET" : curl.group(1);
                assertThat(JSON.readTree(gateway.ask(method, curl.group(3), curl.group(2))))
                        .as(command)
                        .isNotNull();
                asked++;
            }
        }
        assertThat(asked).isEqualTo(6);
    }

    /** The messages on the gateway's console, without their times of arrival. */
    private static List<JsonNode> printed(GatewayProcess gateway) throws IOException {
        List<JsonNode> printed = new ArrayList<>();
        for (String line : gateway.log().lines().toList()) {
            if (line.startsWith("{")) {
                printed.add(timeless(line));
            }
        }
        return printed;
    }

    private static JsonNode timeless(String json) throws IOException {
        return JSON.readTree(json.replaceAll("(· |\"received\" ?: ?\")" + ARRIVAL, "$1then\""));
    }

    private static Path copyJar(Path target) throws IOException {
        Path lib = Files.createDirectories(target.resolve("lib"));
        try (var jars = Files.list(GatewayProcess.JAR.resolveSibling("lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, lib.resolve(jar.getFileName()));
            }
        }
        return Files.copy(GatewayProcess.JAR, target.resolve("fusewire.jar"));
    }
}
