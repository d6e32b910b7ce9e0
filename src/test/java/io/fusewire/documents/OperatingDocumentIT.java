package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.config.HttpProxies;
import io.fusewire.fakes.LangfuseApi;
import io.fusewire.fakes.LangfuseServer;
import io.fusewire.fakes.LangfuseShapes;
import io.fusewire.testing.CodeBlocks;
import io.fusewire.testing.GatewayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operating.md tells to type is typed, and what it shows is what comes. */
class OperatingDocumentIT {
    private static final Pattern CURL = Pattern.compile(
            "curl -s (?:-X (\\w+) )?(?:-H 'Authorization: Bearer (\\w+)' )?'?http://localhost:9876(\\S+?)'?(?: -H 'Content-Type: application/json' -d '(.+)'| --data-binary @(\\S+))?$");

    private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");

    @TempDir
    Path folder;

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
            try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, DocumentedJar.DEV)) {
                await().until(() -> DocumentedJar.printed(gateway).size() == 2);
                assertThat(gateway.log()).contains("429 Too Many Requests from provider", "?observation=o1");
            }
        }
    }

    @Test
    void a_quicker_start_takes_an_archive_of_classes() throws Exception {
        Path live = Files.createDirectories(folder.resolve("archived"));
        Path jar = DocumentedJar.copyJar(live);
        String[] commands = CodeBlocks.of("docs/operating.md", "console").get(0).split("\n");
        List<String> making = options(commands[0]);
        making.addAll(List.of(DocumentedJar.DEV, "-Dcamel.server.port=0", "-Dcamel.management.port=0"));
        assertThat(GatewayProcess.run(jar, live, 0, making, List.of())).contains("Fusewire takes webhooks");
        List<String> using = options(commands[1]);
        using.addAll(List.of(DocumentedJar.DEV, "-Xshare:on", "-Xlog:class+load:file=classes.txt"));
        try (GatewayProcess gateway = GatewayProcess.start(jar, live, using.toArray(String[]::new))) {
            assertThat(gateway.get("/observe/health/ready")).contains("\"status\":\"UP\"");
        }
        assertThat(live.resolve("classes.txt"))
                .content()
                .contains("io.fusewire.runtime.StandaloneGateway source: shared objects file (top)");
    }

    /** What stands behind the jar in a documented command line, as a shell takes it apart. */
    private static String[] words(String command) {
        return WORD.matcher(command.substring(command.indexOf(".jar ") + 5))
                .results()
                .map(word -> word.group().replace("'", ""))
                .toArray(String[]::new);
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
        try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, DocumentedJar.DEV)) {
            List<String> commands = new ArrayList<>(CodeBlocks.of("docs/operating.md", "shell"));
            // SignatureDocumentTest types these.
            assertThat(commands.removeIf(command -> command.startsWith("secret=")))
                    .isTrue();
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
            gateway.send(GatewayProcess.JAR, folder, 0, Path.of("examples/events/trace-error.json"));
            await().until(() -> DocumentedJar.printed(gateway).size() == 2);
            assertThat(commands.remove("java -jar target/fusewire.jar incidents"))
                    .isTrue();
            assertThat(gateway.command(0, "incidents")).startsWith("1  open critical, 1 alert since ");
            told(gateway, commands);
            String proxies = commands.stream()
                    .filter(command -> command.startsWith("export "))
                    .collect(Collectors.joining("\n"));
            commands.removeIf(command -> command.startsWith("export "));
            new HttpProxies(exported(proxies)::get);
            String silence = commands.stream()
                    .filter(command -> command.contains(" silence add "))
                    .findFirst()
                    .orElseThrow();
            commands.remove(silence);
            assertThat(gateway.command(0, words(silence)))
                    .startsWith("1  active, ")
                    .endsWith(", rule=trace-error, name=~checkout.*, made by on-call: a deploy\n");
            for (String command : commands) {
                Matcher curl = CURL.matcher(command);
                assertThat(curl.matches()).as(command).isTrue();
                String method = curl.group(1) == null ? "GET" : curl.group(1);
                JsonNode answer = DocumentedJar.JSON.readTree(
                        curl.group(5) == null
                                ? gateway.ask(method, curl.group(3), curl.group(2), curl.group(4))
                                : gateway.upload(curl.group(3), curl.group(2), Path.of(curl.group(5))));
                assertThat(answer).as(command).isNotNull();
                assertThat(curl.group(5) == null || answer.has("fires"))
                        .as(command)
                        .isTrue();
                asked++;
            }
            JsonNode closed = DocumentedJar.JSON.readTree(gateway.ask("GET", "/admin/incidents/1", "dev"));
            assertThat(List.of(closed.path("reason").asText(), closed.path("by").asText()))
                    .containsExactly("by-hand", "on-call");
            assertThat(DocumentedJar.JSON.readTree(gateway.ask("GET", "/admin/silences", "dev")))
                    .as("the two ways to make one are one; the other is the incident's")
                    .hasSize(2)
                    .first()
                    .satisfies(one -> assertThat(one.path("endedBy").asText()).isEqualTo("on-call"));
        }
        assertThat(asked).isEqualTo(18);
    }

    private static Map<String, String> exported(String proxies) {
        Map<String, String> environment = proxies.lines()
                .map(line -> line.substring("export ".length()).split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        assertThat(environment).containsOnlyKeys("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY");
        return environment;
    }

    /** The start's lines are those of the document, and what is asked for by command is told. */
    private void told(GatewayProcess gateway, List<String> commands) throws Exception {
        String log = placeless(gateway.log());
        CodeBlocks.of("docs/operating.md", "text").get(1).lines().forEach(line -> assertThat(log.lines())
                .as(line)
                .anyMatch(logged -> logged.endsWith(placeless(line))));
        for (String command : List.of("status", "events --text 'too many' --since 1h", "why 1")) {
            assertThat(commands.remove("java -jar target/fusewire.jar " + command))
                    .as(command)
                    .isTrue();
        }
        assertThat(gateway.command(0, "status")).contains("\nhealth     live UP, ready UP\n");
        assertThat(gateway.command(0, "events", "--text", "too many", "--since", "1h"))
                .matches(
                        "(?s)1  \\S+Z  trace.updated, source=default, .*\n    trace-error \\(critical\\), incident 1: .*");
        assertThat(gateway.command(0, "events", "--type", "of-none")).isEqualTo("There are no such events.\n");
        assertThat(gateway.command(2, "events", "--since", "yesterday")).startsWith("since is a time such as ");
        assertThat(gateway.command(0, "why", "1"))
                .startsWith("Event 1: it joined incident 1, of which ")
                .contains("; slack: printed ");
        assertThat(gateway.command(0, "why", "7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d"))
                .startsWith("Event 1: ")
                .contains("by the rules in force now: trace.updated");
    }

    /** Without where it runs. */
    private static String placeless(String text) {
        return text.replaceAll("/\\S*/data/", "/data/")
                .replaceAll("Configuration: \\S+", "Configuration:")
                .replaceAll("127.0.0.1:\\d+", "here");
    }
}
