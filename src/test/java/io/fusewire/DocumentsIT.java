package io.fusewire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.fakes.LangfuseApi;
import io.fusewire.fakes.LangfuseServer;
import io.fusewire.fakes.LangfuseShapes;
import io.fusewire.testing.Fences;
import io.fusewire.testing.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README and docs tell to type is typed, and what they show is what comes. */
class DocumentsIT {
    private static final String DEV = "-Dcamel.main.profile=dev";
    private static final String ARRIVAL = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"";
    private static final Pattern CURL = Pattern.compile(
            "curl -s (?:-X (\\w+) )?(?:-H 'Authorization: Bearer (\\w+)' )?'?http://localhost:9876(\\S+?)'?$");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void the_first_screen_of_the_readme_shows_what_comes() throws Exception {
        List<String> commands = Fences.of("README.md", "console");
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
            List<String> shown = Fences.of("README.md", "text");
            assertThat(gateway.send(GatewayProcess.JAR, folder, 0, event).strip())
                    .isEqualTo(shown.get(0));
            List<String> messages = Fences.of("README.md", "json");
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
        assertThat(Fences.of("README.md", "console").get(3))
                .isEqualTo("mkdir -p target/live && cp -r target/fusewire.jar target/lib target/live/");
        Path live = Files.createDirectories(folder.resolve("live"));
        Path jar = copyJar(live);
        Files.writeString(
                live.resolve("application.properties"),
                Fences.of("README.md", "properties").get(0).replace("...", "0123456789abcdef"));
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
            String lines = Fences.of("docs/operating.md", "properties").get(0);
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
        List<String> yaml = Fences.of("docs/add-a-rule.md", "yaml");
        assertThat(yaml.get(0).lines()).hasSizeLessThanOrEqualTo(10);
        String rules = Files.readString(Path.of("src/main/resources/routes/rules.camel.yaml"));
        int place = rules.indexOf("        - to:\n            id: everything");
        Path copy = live.resolve("routes/rules.camel.yaml");
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, rules.substring(0, place) + "        " + yaml.get(0) + "\n" + rules.substring(place));
        Path cases = live.resolve("rules/toxicity.yaml");
        Files.createDirectories(cases.getParent());
        Files.writeString(cases, yaml.get(1));
        assertThat(Fences.of("docs/add-a-rule.md", "shell").get(1)).isEqualTo("java -jar fusewire.jar check");
        assertThat(GatewayProcess.run(jar, live, 0, List.of(), List.of("check")).strip())
                .isEqualTo(Fences.of("docs/add-a-rule.md", "text").get(0));
        Files.writeString(cases, yaml.get(1).replace("reaches: [slack, teams]", "reaches: [slack]"));
        assertThat(GatewayProcess.run(jar, live, 1, List.of(), List.of("check")))
                .contains("rules/toxicity.yaml, case 'a toxic score': reaches slack, teams and not slack");
    }

    @Test
    void add_a_sink_adds_one() throws Exception {
        Path example = Path.of("examples/sinks/chat").toAbsolutePath();
        List<String> yaml = Fences.of("docs/add-a-sink.md", "yaml");
        assertThat(example.resolve("routes/sinks/chat.camel.yaml")).content().contains(yaml.get(0));
        assertThat(example.resolve("routes/rules.camel.yaml")).content().contains(yaml.get(1));
        assertThat(example.resolve("templates/chat/any.jq"))
                .content()
                .contains(Fences.of("docs/add-a-sink.md", "text").get(0));
        try (GatewayProcess gateway =
                GatewayProcess.start(GatewayProcess.JAR, folder, DEV, "-Dfusewire.config-folder=" + example)) {
            gateway.send(GatewayProcess.JAR, folder, 0, Path.of("examples/events/trace-error.json"));
            await().until(() -> gateway.log().contains("chat has no address; it would have been sent:"));
            await().until(() -> printed(gateway).size() == 1);
            assertThat(printed(gateway))
                    .containsExactly(
                            timeless(Fences.of("docs/add-a-sink.md", "json").get(0)));
        }
    }

    @Test
    void a_quicker_start_takes_an_archive_of_classes() throws Exception {
        Path live = Files.createDirectories(folder.resolve("archived"));
        Path jar = copyJar(live);
        String[] commands = Fences.of("docs/operating.md", "console").get(0).split("\n");
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
                .contains("io.fusewire.Gateway source: shared objects file (top)");
    }

    /** What a documented command line has between java and -jar. */
    private static List<String> options(String command) {
        assertThat(command).startsWith("java -XX:").endsWith(" -jar fusewire.jar");
        return new ArrayList<>(List.of(
                command.substring("java ".length(), command.indexOf(" -jar")).split(" ")));
    }

    @Test
    void every_curl_of_operating_is_answered_and_the_books_balance() throws Exception {
        int asked = 0;
        try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, DEV)) {
            List<String> commands = new ArrayList<>(Fences.of("docs/operating.md", "shell"));
            assertThat(commands.remove("java -jar target/fusewire.jar verify")).isTrue();
            assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 0, List.of(), List.of("verify")))
                    .endsWith("The books balance.\n");
            assertThat(commands.remove("java -jar target/fusewire.jar dead-letters"))
                    .isTrue();
            assertThat(gateway.command(0, "dead-letters")).isEqualTo("There are no dead letters.\n");
            assertThat(gateway.command(1, "dead-letters", "show", "1")).isEqualTo("There is no such dead letter.\n");
            assertThat(gateway.command(2, "dead-letters", "burn")).startsWith("usage: ");
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
        return JSON.readTree(json.replaceAll("· " + ARRIVAL, "· then\""));
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
