package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A rule whose condition overflows the stack, never ends, or decides what can't be stored costs its own alert alone. */
class RuleErrorsTest {
    private static final String ROUTE =
            """
            - route:
                id: %s
                description: Rules of the test.
                from:
                  uri: fusewire:events%s
                  steps:
            """;
    private static final String RULE =
            """
                    - filter:
                        id: %1$s
                        simple: ${header.category} %2$s
                        steps:
                          - to: {id: %1$s-alert, uri: fusewire:alert/%1$s, parameters: {severity: error, sinks: %3$s}}
            """;
    private static final String OVERFLOWS = "(.|\\n)*refus(.|\\n)*";
    private static final String NEVER_ENDS = "(\\w|\\w\\w)*(!)\\2";
    /** For which it takes seconds; not for ever, since no thread that runs it can be ended, and a stop waits for it. */
    private static final String ENDLESS = "x".repeat(38);

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks).startedByTest();

    @Test
    void one_that_overflows_the_stack_is_a_dead_letter_and_the_rules_after_it_fire() throws Exception {
        start(OVERFLOWS);
        gateway.post(score("1", "x".repeat(100_000)));
        gateway.post(score("2", "well"));
        await().until(() -> sinks.slack().size() == 2 && sinks.pagerDuty().size() == 2);
        assertThat(deadLetters()).hasSize(1);
        assertThat(deadLetters().path(0).path("rule").asText()).isEqualTo("refusal");
        assertThat(deadLetters().path(0).path("reason").asText()).contains("StackOverflowError");
    }

    @Test
    void one_that_never_ends_is_a_dead_letter_and_the_rules_of_other_files_fire() throws Exception {
        start(NEVER_ENDS);
        gateway.post(score("before", "well"));
        await().until(() -> sinks.pagerDuty().size() == 1 && sinks.slack().size() == 1);
        for (int hung = 1; hung <= 2; hung++) {
            gateway.post(score("endless " + hung, ENDLESS));
            gateway.post(score("behind " + hung, "well"));
            int well = hung + 1;
            int letters = hung;
            await().until(() ->
                    sinks.pagerDuty().size() == letters + well && sinks.slack().size() == well);
            await().until(() -> deadLetters().size() == letters);
        }
        assertThat(deadLetters().path(0).path("reason").asText()).contains("longer than 500 ms");
        assertThat(gateway.management("GET", "/observe/health/live").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_trial_of_one_that_never_ends_says_so_and_ends() {
        start(NEVER_ENDS);
        assertThat(gateway.management("POST", "/admin/explain", score("1", ENDLESS))
                        .body())
                .contains("own-rules takes longer than 500 ms");
    }

    @Test
    void a_decision_that_the_store_refuses_is_a_dead_letter_and_the_others_of_its_batch_are_stored() throws Exception {
        start("nothing");
        refuseAlerts("low-score");
        gateway.post(GatewayExtension.example("score-created"));
        gateway.post(GatewayExtension.example("trace-error"));
        await().until(() -> sinks.pagerDuty().size() == 1 && deadLetters().size() == 1);
        assertThat(deadLetters().path(0).path("reason").asText()).contains("could not be stored");
    }

    private void start(String regex) {
        String own = RULE.formatted("refusal", "regex '" + regex + "'", "pagerduty")
                + RULE.formatted("any-score", "!= 'none'", "slack");
        gateway.withFile(
                        "routes/rules/own.camel.yaml",
                        ROUTE.formatted("own-rules", regex.equals(NEVER_ENDS) ? "?timeLimit=500ms" : "") + own)
                .withFile(
                        "routes/rules/other.camel.yaml",
                        ROUTE.formatted("other-rules", "") + RULE.formatted("every-score", "!= 'none'", "pagerduty"))
                .start();
    }

    /** What no other decision meets: a poisonous row. */
    private void refuseAlerts(String rule) throws Exception {
        String url = "jdbc:sqlite:" + gateway.folder().resolve("data/fusewire.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TRIGGER poison BEFORE INSERT ON delivery WHEN NEW.rule = '" + rule
                    + "' BEGIN SELECT RAISE(ABORT, 'poison'); END");
        }
    }

    private static String score(String id, String category) {
        return "{\"event\":\"score.created\",\"id\":\"" + id + "\",\"timestamp\":\"2026-11-29T03:00:00Z\","
                + "\"data\":{\"traceId\":\"t\",\"name\":\"verdict\",\"value\":\"" + category + "\"}}";
    }

    private JsonNode deadLetters() throws Exception {
        return new ObjectMapper()
                .readTree(gateway.management("GET", "/admin/dead-letters").body());
    }
}
