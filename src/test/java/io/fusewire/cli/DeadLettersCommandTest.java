package io.fusewire.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.config.Settings;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code dead-letters}, of a gateway that runs and of one that doesn't. */
class DeadLettersCommandTest {
    @TempDir
    Path folder;

    @Test
    void dead_letters_are_listed_shown_replayed_and_discarded() throws Exception {
        try (FakeSinks sinks = new FakeSinks();
                RunningGateway gateway = RunningGateway.in(folder, sinks.properties())) {
            Settings settings = new Settings(gateway.camel());
            assertThat(run(0, settings)).isEqualTo("There are no dead letters.\n");
            sinks.slackAnswers(aResponse().withStatus(400).withBody("no_text"));
            gateway.post(RunningGateway.fresh("score-created"));
            await().until(() -> run(0, settings, "list").startsWith("1  "));
            assertThat(run(0, settings))
                    .matches("1  slack, died \\S+, rule low-score \\(\\w+\\): answered 400 no_text\n");
            assertThat(run(0, settings, "show", "1"))
                    .containsPattern("\nevent 1, key .*\n  slack: dead .*; answered 400 no_text\n")
                    .contains("\"name\": \"hallucination\"");
            assertThat(run(0, settings, "replay", "1")).isEqualTo("Dead letter 1 is back in its queue.\n");
            await().until(() ->
                    run(0, settings).contains("answered 400") && sinks.slack().size() == 2);
            assertThat(run(0, settings, "discard", "1")).isEqualTo("Dead letter 1 has ended for good.\n");
            assertThat(run(1, settings, "show", "1")).isEqualTo("There is no such dead letter.\n");
            assertThat(run(1, settings, "replay", "1")).isEqualTo("There is no such dead letter.\n");
            assertThat(run(1, settings, "discard", "1")).isEqualTo("There is no such dead letter.\n");
        }
    }

    @Test
    void another_token_or_none_is_told() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, Map.of())) {
            String port = new Settings(gateway.camel()).get("camel.management.port");
            assertThat(run(1, settings(port, "another")))
                    .isEqualTo("The gateway refuses the token: fusewire.admin.token is another one here than there.\n");
            assertThat(run(1, settings(port, "")))
                    .isEqualTo("Admin is off: set fusewire.admin.token, for the gateway and here.\n");
            assertThat(run(1, settings(String.valueOf(gateway.port()), "any")))
                    .contains("admin are on the management port (camel.management.port)");
        }
    }

    @Test
    void a_gateway_whose_admin_is_off_says_so() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, Map.of("fusewire.admin.token", ""))) {
            String port = new Settings(gateway.camel()).get("camel.management.port");
            assertThat(run(1, settings(port, "any"))).isEqualTo("Admin is off: set fusewire.admin.token.\n");
        }
    }

    @Test
    void where_nobody_listens_it_asks_whether_the_gateway_runs() throws Exception {
        String port = String.valueOf(RunningGateway.freePort());
        assertThat(run(1, settings(port, "any")))
                .isEqualTo("nothing listens at http://localhost:" + port
                        + "/admin/dead-letters; is the gateway running?\n");
    }

    private static String run(int exit, Settings settings, String... words) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        String[] line =
                Stream.concat(Stream.of("dead-letters"), Stream.of(words)).toArray(String[]::new);
        assertThat(new Commands(out, out)
                        .with("dead-letters", () -> new DeadLettersCommand(() -> settings))
                        .execute(line))
                .as(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo(exit);
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static Settings settings(String port, String token) {
        DefaultCamelContext camel = new DefaultCamelContext();
        Properties all = new Properties();
        all.put("camel.management.port", port);
        all.put("fusewire.admin.token", token);
        camel.getPropertiesComponent().setInitialProperties(all);
        return new Settings(camel);
    }
}
