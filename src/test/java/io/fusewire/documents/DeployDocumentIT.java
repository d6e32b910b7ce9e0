package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fusewire.testing.CodeBlocks;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.Program;
import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/deploy.md tells to install is installed under another root, and started as the unit and the image say. */
class DeployDocumentIT {
    private static final Path DEPLOY = Path.of("examples/deploy");
    private static final String UNIT = "systemd/fusewire.service";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path root;

    private final FakeSinks sinks = new FakeSinks();
    private final int port = RunningGateway.freePort();
    private final int managementPort = RunningGateway.freePort();

    @BeforeEach
    void install() throws Exception {
        Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.createDirectories(root.resolve("var/lib/fusewire"));
        assertThat(shell(CodeBlocks.of("docs/deploy.md", "console").get(0), Map.of()))
                .isEmpty();
        Path unit = root.resolve("etc/systemd/system/fusewire.service");
        Files.writeString(unit, Files.readString(unit).replaceAll("=/(etc|var)/", "=" + root + "/$1/"));
        secret("langfuse", "lf-whsec_of-the-unit");
        secret("slack", sinks.properties().get("sinks.slack.webhook-url"));
        secret("admin", "admin-token-of-the-unit");
    }

    @AfterEach
    void close() {
        sinks.close();
    }

    @Test
    void the_unit_starts_what_was_installed_and_its_commands_find_it() throws Exception {
        Map<String, String> environment = ports();
        unit("Environment").forEach(line -> {
            String[] variable = line.split("=", 2);
            environment.put(variable[0], here(variable[1]));
        });
        List<String> command = List.of(here(unit("ExecStart").get(0)).split(" "));
        try (Program gateway = started(environment, command)) {
            assertThat(shell(CodeBlocks.of("docs/deploy.md", "console").get(1), ports()))
                    .containsSubsequence(
                            "cases hold.\n", here("/var/lib/fusewire"), "slack      on", "There are no such events.\n");
            assertThat(gateway.output())
                    .doesNotContain("lf-whsec_of-the-unit", "admin-token-of-the-unit", "ERROR", "WARN");
        }
    }

    @Test
    void the_image_starts_what_it_copies() throws Exception {
        List<String> lines = Files.readAllLines(DEPLOY.resolve("container/Containerfile"));
        assertThat(arguments(lines, "COPY")).isNotEmpty().allSatisfy(copied -> assertThat(Path.of(copied.split(" ")[0]))
                .exists());
        Map<String, String> environment = ports();
        arguments(lines, "ENV").forEach(line -> {
            String[] variable = line.split("=", 2);
            environment.put(variable[0], here(variable[1]));
        });
        environment.put("FUSEWIRE_WEBHOOK_SECRETS", "lf-whsec_of-the-image");
        List<String> command = new ArrayList<>();
        DocumentedJar.JSON
                .readTree(arguments(lines, "ENTRYPOINT").get(0))
                .forEach(word -> command.add(here(word.asText())));
        try (Program gateway = started(environment, command)) {
            assertThat(root.resolve("var/lib/fusewire/fusewire.db"))
                    .as(gateway.output())
                    .exists();
            String commands = CodeBlocks.of("docs/deploy.md", "console").get(2);
            assertThat(commands.lines()).allMatch(line -> line.startsWith("podman exec fusewire java "));
            assertThat(shell(commands.replace("podman exec fusewire ", ""), environment))
                    .containsSubsequence("cases hold.\n", "There are no such events.\n");
        }
    }

    @Test
    void systemd_finds_nothing_to_complain_about() throws Exception {
        assumeTrue(Program.isInstalled("systemd-analyze"), "needs Debian's systemd");
        List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify"));
        try (Stream<Path> units = Files.list(DEPLOY.resolve("systemd"))) {
            units.map(unit -> unit.toAbsolutePath().toString()).forEach(command::add);
        }
        try (Program systemd = Program.start(root, Map.of(), command)) {
            assertThat(systemd.exit()).isZero();
            assertThat(systemd.output()).isEmpty();
        }
    }

    private Program started(Map<String, String> environment, List<String> command) throws Exception {
        Program gateway = Program.start(root, environment, command);
        await().until(() -> !gateway.isAlive() || gateway.output().contains("Fusewire takes webhooks"));
        assertThat(gateway.isAlive()).as(gateway.output()).isTrue();
        URI health = URI.create("http://127.0.0.1:" + port + "/healthz");
        assertThat(HTTP.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        return gateway;
    }

    private Map<String, String> ports() {
        Map<String, String> ports = new LinkedHashMap<>();
        ports.put("CAMEL_SERVER_PORT", String.valueOf(port));
        ports.put("CAMEL_MANAGEMENT_PORT", String.valueOf(managementPort));
        return ports;
    }

    private void secret(String name, String value) throws IOException {
        Files.writeString(root.resolve("etc/fusewire/secrets").resolve(name), value + "\n");
    }

    /** Where the machine's own folders would be. */
    private String here(String text) {
        return text.replaceAll("(^|=)/(opt|etc|var)/", "$1" + root + "/$2/")
                .replace("%d", root + "/etc/fusewire/secrets")
                .replace(" /opt/", " " + root + "/opt/");
    }

    private String shell(String commands, Map<String, String> environment) throws Exception {
        String moved = commands.replaceAll("(?<=[ =|])/(opt|etc|var)/", root + "/$1/")
                .replaceAll("(?<= )(target|examples)/", Path.of("").toAbsolutePath() + "/$1/");
        try (Program shell = Program.start(root, environment, List.of("sh", "-ec", moved))) {
            assertThat(shell.exit()).as(shell.output()).isZero();
            return shell.output();
        }
    }

    private static List<String> unit(String key) throws IOException {
        return Files.readAllLines(DEPLOY.resolve(UNIT)).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }

    private static List<String> arguments(List<String> lines, String instruction) {
        return lines.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .toList();
    }
}
