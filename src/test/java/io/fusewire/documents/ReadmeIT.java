package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.CodeBlocks;
import io.fusewire.testing.GatewayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells to type is typed, and what it shows is what comes. */
class ReadmeIT {

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
        assertThat(commands.get(2)).isEqualTo("java -Dcamel.main.profile=dev -jar target/fusewire.jar incidents");
        assertThat(commands.get(3))
                .isEqualTo("mvn -B install && mvn -B -f harness verify && mvn -B -f examples verify");
        assertThat(Path.of(".ci/run")).content().endsWith("\n" + commands.get(3) + "\n");
        try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, DocumentedJar.DEV)) {
            Path event = Path.of("examples/events/trace-error.json");
            List<String> shown = CodeBlocks.of("README.md", "text");
            assertThat(gateway.send(GatewayProcess.JAR, folder, 0, event).strip())
                    .isEqualTo(shown.get(0));
            List<String> messages = CodeBlocks.of("README.md", "json");
            await().until(() -> DocumentedJar.printed(gateway).size() == messages.size());
            assertThat(DocumentedJar.printed(gateway))
                    .containsExactlyInAnyOrder(
                            DocumentedJar.timeless(messages.get(0)), DocumentedJar.timeless(messages.get(1)));
            await().untilAsserted(
                            () -> assertThat(gateway.get("/observe/metrics").lines())
                                    .containsAll(shown.get(2).lines().toList()));
            assertThat(timeless(gateway.command(0, "incidents"))).isEqualTo(timeless(shown.get(1)));
            assertThat(CodeBlocks.of("README.md", "shell").get(0))
                    .isEqualTo("java -Dcamel.main.profile=dev -jar target/fusewire.jar why 1");
            assertThat(gateway.command(0, "why", "1"))
                    .startsWith("Event 1: it joined incident 1, of which ")
                    .contains("; slack: printed ");
            assertThat(gateway.send(GatewayProcess.JAR, folder, 0, event)).contains("\"duplicate\":true");
            assertThat(DocumentedJar.printed(gateway)).hasSize(messages.size());
        }
    }

    private static String timeless(String line) {
        return line.strip().replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "then");
    }

    @Test
    void going_live_takes_the_jar_its_libraries_and_four_lines() throws Exception {
        assertThat(CodeBlocks.of("README.md", "console").get(4))
                .isEqualTo("mkdir -p target/live && cp -r target/fusewire.jar target/lib target/live/");
        Path live = Files.createDirectories(folder.resolve("live"));
        Path jar = DocumentedJar.copyJar(live);
        Files.writeString(
                live.resolve("application.properties"),
                CodeBlocks.of("README.md", "properties").get(0).replace("...", "0123456789abcdef0123456789abcdef"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        for (Path working : List.of(live, elsewhere)) {
            try (GatewayProcess gateway = GatewayProcess.start(jar, working)) {
                assertThat(gateway.get("/observe/health/ready")).contains("\"status\":\"UP\"");
                assertThat(gateway.log()).doesNotContain("everybody knows");
                List<String> here = List.of("-Dcamel.management.port=" + gateway.managementPort());
                assertThat(GatewayProcess.run(jar, working, 0, here, List.of("status")))
                        .contains("health     live UP, ready UP");
            }
        }
    }
}
