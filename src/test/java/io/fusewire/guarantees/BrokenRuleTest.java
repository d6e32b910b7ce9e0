package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule that throws harms neither the event nor the other rules. */
class BrokenRuleTest {
    private static final String ROUTE =
            """
            - route:
                id: scores
                description: A rule of our own, which runs before the built-in ones.
                from:
                  uri: fusewire:events
                  steps:
            """;
    private static final String MENDED =
            """
                    - filter:
                        id: any-score
                        simple: ${header.type} == 'score.created'
                        steps:
                          - to:
                              id: page-for-scores-alert
                              uri: fusewire:alert/page-for-scores
                              parameters:
                                severity: error
                                sinks: pagerduty
            """;
    private static final String BROKEN_FILTER =
            MENDED.replace("== 'score.created'", "== 'score.created' && ${body.noSuchFact} == 'x'");
    private static final String BROKEN_WITHIN = MENDED.replaceFirst(
            "(?s)(            steps:\n)(.*)",
            "$1              - filter:\n                  id: page-for-scores-inner\n"
                    + "                  simple: \\${body.noSuchFact} == 'x'\n                  steps:\n"
                    + "                    - to:\n                        id: page-for-scores-alert\n"
                    + "                        uri: fusewire:alert/page-for-scores\n"
                    + "                        parameters:\n                          severity: error\n"
                    + "                          sinks: pagerduty\n");

    @TempDir
    Path folder;

    private final FakeSinks sinks = new FakeSinks();
    private RunningGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        sinks.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_other_rules_fire_and_a_replay_after_the_mend_delivers_what_was_missing(boolean filter) throws Exception {
        start(filter ? BROKEN_FILTER : BROKEN_WITHIN);
        assertThat(gateway.post(RunningGateway.example("score-created")).statusCode())
                .isEqualTo(200);
        await().until(() -> sinks.slack().size() == 1 && deadLetters().size() == 1);
        JsonNode deadLetter = deadLetters().get(0);
        assertThat(deadLetter.path("sink").asText()).isEqualTo("rules");
        assertThat(deadLetter.path("rule").asText()).startsWith("page-for-scores");
        assertThat(deadLetter.path("reason").asText()).contains("noSuchFact");
        assertThat(sinks.pagerDuty()).isEmpty();

        gateway.close();
        start(MENDED);
        replay(deadLetter.path("id").asLong());
        await().until(() -> sinks.pagerDuty().size() == 1 && deadLetters().isEmpty());
        await().until(() -> new StoreFile(folder)
                .rows("SELECT sink, state FROM delivery ORDER BY sink")
                .equals(List.of("pagerduty delivered", "rules delivered", "slack delivered")));
        assertThat(sinks.slack()).as("what was delivered before").hasSize(1);
    }

    @Test
    void an_event_that_no_broken_rule_judges_is_no_dead_letter() throws Exception {
        start(BROKEN_FILTER);
        gateway.post(RunningGateway.example("trace-error"));
        await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void a_replay_while_the_rule_is_still_broken_is_a_dead_letter_again_and_repeats_nothing() throws Exception {
        start(BROKEN_FILTER);
        gateway.post(RunningGateway.example("score-created"));
        await().until(() -> sinks.slack().size() == 1 && deadLetters().size() == 1);
        replay(deadLetters().get(0).path("id").asLong());
        await().until(() -> deadLetters().path(0).path("replays").asInt() == 1);
        assertThat(sinks.slack()).hasSize(1);
        assertThat(new StoreFile(folder).rows("SELECT sink FROM delivery ORDER BY sink"))
                .containsExactly("rules", "slack");
    }

    private void start(String rule) throws IOException {
        Path file = Files.createDirectories(folder.resolve("routes/rules")).resolve("a-rule.camel.yaml");
        Files.writeString(file, ROUTE + rule.indent(0));
        gateway = RunningGateway.in(folder, sinks.properties());
    }

    private void replay(long id) {
        assertThat(gateway.management("POST", "/admin/dead-letters/" + id + "/replay")
                        .statusCode())
                .isEqualTo(200);
    }

    private JsonNode deadLetters() throws IOException {
        return new ObjectMapper()
                .readTree(gateway.management("GET", "/admin/dead-letters").body());
    }
}
