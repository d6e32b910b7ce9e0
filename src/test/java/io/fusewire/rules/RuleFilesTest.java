package io.fusewire.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.cli.CheckCommand;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.Postgres;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.StoreFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules add up over any number of files: an event is judged by all of them, and decided once. */
class RuleFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE =
            """
            - route:
                id: own-%1$s
                description: A rule of our own.
                from:
                  uri: fusewire:events
                  steps:
                    - filter:
                        id: %1$s
                        simple: ${header.type} == '%2$s'
                        steps:
                          - to: {id: %1$s-alert, uri: fusewire:alert/%3$s, parameters: {severity: %4$s, sinks: %5$s}}
            """;

    @TempDir
    Path folder;

    private final FakeSinks sinks = new FakeSinks();

    @AfterEach
    void stop() {
        sinks.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_rule_in_a_file_of_its_own_fires_beside_the_built_in_ones(boolean postgresql) throws IOException {
        save("pages-errors", "trace.updated", "pages-errors", "error", "pagerduty");
        save("new-traces", "trace.created", "new-traces", "info", "slack");
        Map<String, String> properties = new HashMap<>(sinks.properties());
        if (postgresql) {
            properties.put("fusewire.store.url", Postgres.database());
            properties.put("fusewire.store.user", Postgres.USER);
        }
        try (RunningGateway gateway = RunningGateway.in(folder, properties)) {
            gateway.post(RunningGateway.fresh("trace-error"));
            gateway.post(RunningGateway.fresh("trace-created"));
            await().until(() -> sinks.slack().size() == 2 && sinks.pagerDuty().size() == 1);
            assertThat(gateway.metric(alerts("trace-error", "critical", "slack")))
                    .isOne();
            assertThat(gateway.metric(alerts("new-traces", "info", "slack"))).isOne();
            assertThat(gateway.metric(
                            "fusewire_events_total{outcome=\"alert\",source=\"default\",type=\"trace.created\"}"))
                    .isOne();
        }
    }

    @Test
    void files_are_judged_in_the_order_of_their_names_and_the_first_rule_names_the_alert() throws Exception {
        save("a-first", "score.created", "first", "info", "slack");
        save("z-last", "score.created", "last", "critical", "slack");
        save("m-middle", "score.created", "middle", "error", "slack");
        try (RunningGateway gateway = RunningGateway.in(folder, sinks.properties())) {
            JsonNode told = explain(gateway, "score-created");
            assertThat(rules(told.path("fires"))).containsExactly("first", "low-score", "middle", "last");
            gateway.post(RunningGateway.fresh("score-created"));
            await().until(() -> sinks.slack().size() == 1);
            assertThat(gateway.metric(alerts("first", "critical", "slack"))).isOne();
        }
    }

    @Test
    void a_rule_with_the_name_of_a_built_in_one_takes_its_place() throws Exception {
        save("ours", "trace.created", "trace-error", "info", "pagerduty");
        try (RunningGateway gateway = RunningGateway.in(folder, sinks.properties())) {
            assertThat(rules(explain(gateway, "trace-error").path("fires"))).isEmpty();
            JsonNode told = explain(gateway, "trace-error");
            assertThat(rules(told.path("silent"))).containsOnlyOnce("trace-error");
            assertThat(told.path("silent").toString()).contains("'trace.created' does not hold: type is trace.updated");
            gateway.post(RunningGateway.fresh("trace-created"));
            await().until(() -> sinks.pagerDuty().size() == 1);
            assertThat(sinks.slack()).isEmpty();
        }
        assertThat(check(1))
                .contains(file("ours") + ": the rule 'trace-error' takes the place of the built-in one.\n")
                .contains("case 'an error in a trace': ");
    }

    @Test
    void an_exception_in_one_file_leaves_the_alerts_of_the_others() throws Exception {
        save("broken", "score.created' && ${body.noSuchFact} == 'x", "broken", "info", "slack");
        save("whole", "score.created", "whole", "error", "pagerduty");
        try (RunningGateway gateway = RunningGateway.in(folder, sinks.properties())) {
            gateway.post(RunningGateway.fresh("score-created"));
            await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
            await().until(() -> gateway.metric("fusewire_rule_failures_total{rule=\"broken\"}") == 1);
            assertThat(new StoreFile(folder).rows("SELECT rule FROM delivery WHERE sink = 'rules' AND state = 'dead'"))
                    .containsExactly("broken");
        }
    }

    @Test
    void a_route_that_is_stopped_holds_up_the_rules_of_the_others_until_it_starts_again() throws Exception {
        save("whole", "score.created", "whole", "error", "pagerduty");
        try (RunningGateway gateway = RunningGateway.in(folder, sinks.properties())) {
            gateway.camel().getRouteController().stopRoute("own-whole");
            gateway.post(RunningGateway.fresh("score-created"));
            assertThat(new StoreFile(folder).rows("SELECT (SELECT max(id) FROM event) - judged FROM event_log"))
                    .containsExactly("1");
            gateway.camel().getRouteController().startRoute("own-whole");
            await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
        }
    }

    @Test
    void two_files_with_one_rule_are_refused() throws Exception {
        save("one", "score.created", "twice", "error", "slack");
        save("two", "trace.created", "twice", "error", "slack");
        assertThat(check(1))
                .isEqualTo(file("two") + ": the rule 'twice' is in " + file("one") + " too; give one of them another"
                        + " name, or put both into one file.\n");
    }

    @Test
    void options_that_hold_for_all_rules_are_set_in_one_file() throws Exception {
        for (String name : List.of("one", "two")) {
            save(name, "score.created", name, "error", "slack");
            Path saved = folder.resolve("routes/rules/" + name + ".camel.yaml");
            Files.writeString(saved, Files.readString(saved).replace("fusewire:events", "fusewire:events?batch=7"));
        }
        assertThat(check(1))
                .isEqualTo(
                        file("two") + ": route own-two sets options of fusewire:events, which hold for all rules, and "
                                + file("one") + " does so already; set them there.\n");
    }

    private void save(String file, String type, String rule, String severity, String sink) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("routes/rules")).resolve(file + ".camel.yaml"),
                FILE.formatted(file, type, rule, severity, sink));
    }

    private String file(String name) {
        return "file:" + folder.resolve("routes/rules/" + name + ".camel.yaml");
    }

    private static String alerts(String rule, String severity, String sink) {
        return "fusewire_alerts_total{outcome=\"queued\",rule=\"%s\",severity=\"%s\",sink=\"%s\"}"
                .formatted(rule, severity, sink);
    }

    private static JsonNode explain(RunningGateway gateway, String example) throws IOException {
        return JSON.readTree(gateway.management("POST", "/admin/explain", RunningGateway.example(example))
                .body());
    }

    private static List<String> rules(JsonNode told) {
        return StreamSupport.stream(told.spliterator(), false)
                .map(one -> one.path("rule").asText())
                .toList();
    }

    private String check(int exit) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(CheckCommand.run(folder, 0, new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .as(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo(exit);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
