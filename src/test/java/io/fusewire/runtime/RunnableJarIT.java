package io.fusewire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.GatewayProcess;
import io.fusewire.testing.Program;
import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped: from another folder, with files beside it. */
class RunnableJarIT {
    private static final String DEV = "-Dcamel.main.profile=dev";

    @TempDir
    Path folder;

    @Test
    void every_sample_is_answered_200_and_a_second_time_as_a_duplicate() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, DEV)) {
            Path[] samples = samples();
            String first = gateway.send(GatewayProcess.JAR, folder, 0, samples);
            assertThat(first.lines())
                    .hasSize(samples.length)
                    .allMatch(line -> line.matches(".+: 200 \\{\"received\":true}, event \\d+"));
            String second = gateway.send(GatewayProcess.JAR, folder, 0, samples);
            assertThat(second.lines())
                    .allMatch(line -> line.matches(".+: 200 \\{\"received\":true,\"duplicate\":true}, event \\d+"));
            await().untilAsserted(() -> assertThat(gateway.get("/observe/metrics"))
                    .contains("fusewire_requests_total{outcome=\"accepted\",source=\"default\"} 9.0")
                    .contains("fusewire_requests_total{outcome=\"duplicate\",source=\"default\"} 9.0")
                    .contains("fusewire_llm_tokens_total{kind=\"input\",model=\"gpt-4o\"} 812.0")
                    .contains("fusewire_llm_tokens_total{kind=\"output\",model=\"gpt-4o\"} 164.0"));
            assertThat(gateway.log())
                    .contains("accepts the dev profile's secret, which everybody knows")
                    .doesNotContain("sun.misc.Unsafe");
            assertThat(gateway.terminate()).isZero();
        }
    }

    @Test
    void promtool_finds_nothing_to_complain_about() throws Exception {
        assumeThat(Stream.of(System.getenv("PATH").split(":")))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "promtool")));
        try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, DEV)) {
            gateway.send(GatewayProcess.JAR, folder, 0, samples());
            await().until(() -> gateway.get("/observe/metrics").contains("fusewire_delivery_latency_seconds_count"));
            Path page = Files.writeString(folder.resolve("metrics.txt"), gateway.get("/observe/metrics"));
            Path complaints = folder.resolve("complaints.txt");
            Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                    .redirectInput(page.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(complaints.toFile())
                    .start();
            assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(complaints).hasContent("");
            assertThat(promtool.exitValue()).isZero();
        }
    }

    @Test
    void a_properties_file_and_a_sink_beside_the_jar_are_used() throws Exception {
        Files.writeString(
                folder.resolve("application.properties"),
                """
                fusewire.webhook.secrets = lf-whsec_fusewire-dev-secret-that-everybody-knows
                rules.low-score.below = 0.1
                sinks.shout.loudness = 11
                """);
        Path sinks = Files.createDirectories(folder.resolve("routes/sinks"));
        Files.writeString(sinks.resolve("shout.camel.yaml"), SHOUT);
        String rules = Files.readString(Path.of("src/main/resources/routes/rules/built-in.camel.yaml"));
        Files.writeString(
                Files.createDirectories(folder.resolve("routes/rules")).resolve("built-in.camel.yaml"),
                rules.replace("sinks: slack,pagerduty", "sinks: shout"));
        try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder)) {
            gateway.send(GatewayProcess.JAR, folder, 0, sample("trace-error"), sample("score-created"));
            await().until(() -> gateway.log().contains("11: an alert by trace-error"));
            await().untilAsserted(() -> assertThat(gateway.get("/observe/metrics"))
                    .contains("rule=\"trace-error\",severity=\"critical\",sink=\"shout\"")
                    .doesNotContain("queued\",rule=\"low-score\""));
        }
    }

    @Test
    void without_a_secret_it_says_which_property_to_set_and_exits_1() throws Exception {
        String printed = GatewayProcess.run(GatewayProcess.JAR, folder, 1, List.of(), List.of());
        assertThat(printed).contains("set fusewire.webhook.secrets").doesNotContain("\tat ");
    }

    @Test
    void where_sqlite_s_library_cannot_be_loaded_one_sentence_names_the_property() throws Exception {
        Path none = folder.resolve("none");
        String printed = GatewayProcess.run(
                GatewayProcess.JAR, folder, 1, List.of(DEV, "-Dorg.sqlite.tmpdir=" + none), List.of("run"));
        assertThat(printed)
                .contains("org.sqlite.tmpdir: SQLite's library, which is unpacked into " + none
                        + ", cannot be loaded there")
                .doesNotContain("\tat ");
        assertThat(GatewayProcess.run(
                        GatewayProcess.JAR, folder, 1, List.of(DEV, "-Dorg.sqlite.tmpdir=" + none), List.of("check")))
                .startsWith("Configuration: " + folder + "; ")
                .contains("\norg.sqlite.tmpdir: ")
                .hasLineCount(2);
    }

    @Test
    void the_environment_sets_properties_whose_names_have_dashes_and_a_slip_is_told() throws Exception {
        Path file = Files.writeString(folder.resolve("application.properties"), "fusewire.webhook.secrets = \n");
        String printed = GatewayProcess.run(
                Map.of("FUSEWIRE_SOURCES_EU_PROD_SECRETS", "lf-whsec_1", "SINKS_SLACK_WEBHOOKURL", "x"),
                GatewayProcess.JAR,
                folder,
                0,
                List.of(),
                List.of("check"));
        assertThat(file).exists();
        assertThat(printed)
                .contains("\nThe environment variable SINKS_SLACK_WEBHOOKURL sets nothing; did you mean"
                        + " SINKS_SLACK_WEBHOOK_URL?\n")
                .endsWith("cases hold.\n");
        assertThat(GatewayProcess.run(
                        Map.of("FUSEWIRE_SOURCES_EU_PROD_SECRETS", "lf-whsec_..."),
                        GatewayProcess.JAR,
                        folder,
                        1,
                        List.of(),
                        List.of("check")))
                .endsWith(
                        "\nfusewire.sources.eu-prod.secrets is the documentation's placeholder; put your own there (set by"
                                + " the environment's FUSEWIRE_SOURCES_EU_PROD_SECRETS).\n");
    }

    @Test
    void started_elsewhere_it_finds_the_store_beside_its_configuration() throws Exception {
        Path live = Files.createDirectories(folder.resolve("live"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(live.resolve("application.properties"), "fusewire.webhook.secrets = lf-whsec_1\n");
        GatewayProcess.run(
                GatewayProcess.JAR,
                elsewhere,
                0,
                List.of(
                        "-Dfusewire.config-folder=../live",
                        "-Dcamel.server.port=0",
                        "-Dcamel.management.port=0",
                        "-Dcamel.main.duration-max-seconds=1"),
                List.of());
        assertThat(live.resolve("data/fusewire.db")).exists();
        assertThat(elsewhere.resolve("data")).doesNotExist();
    }

    @Test
    void beside_the_jar_lies_its_store_where_its_configuration_does_and_the_start_says_so() throws Exception {
        Path live = Files.createDirectories(folder.resolve("live"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path jar = Files.copy(GatewayProcess.JAR, live.resolve("fusewire.jar"));
        Files.createSymbolicLink(live.resolve("lib"), GatewayProcess.JAR.resolveSibling("lib"));
        Files.writeString(live.resolve("application.properties"), "fusewire.webhook.secrets = lf-whsec_1\n");
        String printed = GatewayProcess.run(
                jar,
                elsewhere,
                0,
                List.of("-Dcamel.server.port=0", "-Dcamel.management.port=0", "-Dcamel.main.duration-max-seconds=1"),
                List.of());
        assertThat(printed)
                .contains(
                        "Configuration: " + live + " (application.properties).",
                        "Store: SQLite, " + live.resolve("data/fusewire.db") + ";");
        assertThat(live.resolve("data/fusewire.db")).exists();
        assertThat(elsewhere.resolve("data")).doesNotExist();
    }

    @Test
    void java_25_finds_nothing_to_warn_of() throws Exception {
        Path java = java25();
        Path event = sample("trace-error").toAbsolutePath();
        int port = RunningGateway.freePort();
        List<String> command = List.of(
                java.toString(),
                DEV,
                "-Dcamel.server.port=" + port,
                "-Dcamel.management.port=" + RunningGateway.freePort(),
                "-jar",
                GatewayProcess.JAR.toString());
        try (Program gateway = Program.start(folder, Map.of(), command)) {
            await().until(() -> !gateway.isAlive() || gateway.output().contains("Fusewire takes webhooks"));
            for (List<String> words : List.of(List.of("send", event.toString()), List.of("check"))) {
                List<String> all =
                        Stream.concat(command.stream(), words.stream()).toList();
                try (Program other = Program.start(folder, Map.of(), all)) {
                    assertThat(other.exit()).as(other.output()).isZero();
                    assertThat(other.output()).doesNotContain("WARNING: ", "sun.misc.Unsafe");
                }
            }
            await().until(() -> gateway.output().contains("fusewire.would-send"));
            assertThat(gateway.output()).contains("on Java 25").doesNotContain("WARNING: ", "sun.misc.Unsafe");
        }
    }

    /** Where Debian's packages and Temurin's put it. */
    private static Path java25() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        assumeThat(all).isDirectory();
        try (Stream<Path> each = Files.list(all)) {
            Optional<Path> java = each.filter(
                            home -> home.getFileName().toString().contains("25"))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst();
            assumeThat(java).as("Java 25").isPresent();
            return java.get();
        }
    }

    @Test
    void why_tells_what_became_of_an_event_and_what_would_become_of_it_now() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, DEV)) {
            gateway.send(GatewayProcess.JAR, folder, 0, sample("trace-error"));
            await().until(() -> gateway.get("/observe/metrics")
                    .contains("fusewire_deliveries_total{outcome=\"printed\",sink=\"pagerduty\"}"));
            Path rules = Files.createDirectories(folder.resolve("routes/rules")).resolve("built-in.camel.yaml");
            String text = Files.readString(Path.of("src/main/resources/routes/rules/built-in.camel.yaml"));
            List<String> against = List.of("check", "--against-store", "100");
            assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 0, List.of(DEV), against))
                    .endsWith("Of 1 stored event: 0 alerts would be new, 0 gone, 0 changed.\n");
            Files.writeString(
                    rules,
                    text.replaceFirst(
                            "severity: critical\n(\\s+)sinks: slack,pagerduty",
                            "severity: error\n$1sinks: slack,teams"));
            assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 1, List.of(DEV), against))
                    .contains("  gone  event 1, pagerduty: trace-error")
                    .contains("  new  event 1, teams: trace-error (error)");
            Files.delete(rules);
            String told = GatewayProcess.run(GatewayProcess.JAR, folder, 0, List.of(DEV), List.of("why", "1"));
            assertThat(told)
                    .startsWith("Event 1: it joined incident 1, of which ")
                    .contains("slack, which has no address, printed it at ")
                    .contains("entered by source default", "its rules have run")
                    .containsPattern(
                            "  incident 1, rule trace-error \\(critical\\): open, alerts 1; slack: printed \\S+, told of 1")
                    .contains("  fires   trace-error (critical) for slack, pagerduty")
                    .contains("  joined incident 1 of trace-error by source default, ")
                    .contains("  silent  low-score: ");
        }
        assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 1, List.of(DEV), List.of("why", "9")))
                .startsWith("The store holds no event '9'");
    }

    @Test
    void an_unknown_command_is_named_and_pointed_to_help() throws Exception {
        String printed = GatewayProcess.run(GatewayProcess.JAR, folder, 2, List.of(), List.of("chekc"));
        assertThat(printed)
                .isEqualTo("There is no command 'chekc'; did you mean check?\n"
                        + "For help: java -jar fusewire.jar help\n");
    }

    private static final String SHOUT =
            """
            - route:
                id: sink-shout
                description: Says it loudly.
                routeConfigurationId: fusewire-patient
                from:
                  uri: fusewire:deliveries/shout
                  steps:
                    - log:
                        id: shout
                        message: "{{sinks.shout.loudness}}: an alert by ${body.rule}"
            """;

    private static Path sample(String name) {
        return Path.of("examples/events/" + name + ".json");
    }

    private static Path[] samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("examples/events"))) {
            return files.sorted().toArray(Path[]::new);
        }
    }
}
