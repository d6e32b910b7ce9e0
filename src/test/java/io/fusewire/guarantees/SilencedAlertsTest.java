package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.LogLines;
import io.fusewire.testing.RunningGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a silence holds is told to nobody, and to whoever asks why; all else goes on. */
class SilencedAlertsTest {
    private static final String TRACE_ERROR = silence("{'label': 'rule', 'op': '=', 'value': 'trace-error'}");
    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks);

    @Test
    void an_alert_that_a_silence_holds_is_suppressed_with_its_number_and_counted() {
        JsonNode made = GatewayExtension.json(make(TRACE_ERROR));
        assertThat(made.path("id").asInt()).isEqualTo(1);
        assertThat(made.path("state").asText()).isEqualTo("active");
        gateway.post(RunningGateway.fresh("trace-error"));
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() ->
                rows("SELECT id FROM delivery WHERE ended_at IS NOT NULL").size() == 3);
        assertThat(rows("SELECT sink, rule, state, reason FROM delivery ORDER BY id"))
                .containsExactly(
                        "slack trace-error suppressed silence 1",
                        "pagerduty trace-error suppressed silence 1",
                        "slack low-score delivered null");
        assertThat(sinks.slack()).hasSize(1);
        assertThat(sinks.pagerDuty()).isEmpty();
        assertThat(gateway.metric("fusewire_alerts_total{outcome=\"silenced\",rule=\"trace-error\","
                        + "severity=\"critical\",sink=\"slack\"}"))
                .isEqualTo(1);
        assertThat(gateway.metric("fusewire_silences_active")).isEqualTo(1);
        await().until(() -> gateway.metric("fusewire_reconciliation_difference") == 0);
    }

    @Test
    void once_it_is_ended_or_over_alerts_go_out_again() {
        make(TRACE_ERROR);
        assertThat(gateway.management("DELETE", "/admin/silences/1?by=on+call").body())
                .isEqualTo("{\"ended\":1}");
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
        assertThat(gateway.json("/admin/silences").get(0).path("endedBy").asText())
                .isEqualTo("on call");

        make(TRACE_ERROR);
        gateway.clock().forward(Duration.ofHours(2));
        await().until(() -> gateway.json("/admin/silences?state=active").isEmpty()
                && gateway.metric("fusewire_silences_active") == 0);
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> sinks.slack().size() == 2 && sinks.pagerDuty().size() == 2);
    }

    @Test
    void a_rule_that_no_silence_holds_is_heard_where_another_names_the_same_sink() {
        gateway.close();
        gateway.withFile(
                "routes/rules/own.camel.yaml",
                "- route: {id: own-rules, description: Every error., from: {uri: 'fusewire:events', steps: [{filter: {id:"
                        + " own, simple: \"${header.level} == 'ERROR'\", steps: [{to: {id: own-alert, uri:"
                        + " 'fusewire:alert/own', parameters: {severity: warning, sinks: slack}}}]}}]}}");
        gateway.start();
        make(TRACE_ERROR);
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() ->
                rows("SELECT id FROM delivery WHERE ended_at IS NOT NULL").size() == 2);
        assertThat(sinks.slack()).hasSize(1);
        assertThat(rows("SELECT sink, rule, severity, state FROM delivery ORDER BY sink"))
                .containsExactly("pagerduty trace-error critical suppressed", "slack own warning delivered");
        make(silence("{'label': 'rule', 'op': '=', 'value': 'own'}"));
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> rows("SELECT id FROM delivery").size() == 4);
        assertThat(rows("SELECT rule, reason FROM delivery WHERE sink = 'slack' AND state = 'suppressed'"))
                .containsExactly("trace-error silence 1");
    }

    @Test
    void explain_tells_what_holds_an_alert_and_what_would_be_sent() {
        make(TRACE_ERROR);
        JsonNode told = GatewayExtension.json(
                gateway.management("POST", "/admin/explain", RunningGateway.example("trace-error")));
        assertThat(told.path("sinks").findValuesAsText("suppressed")).containsExactly("silence 1", "silence 1");
        assertThat(told.path("sinks").findValues("message")).hasSize(2);
    }

    @Test
    void a_silence_lasts_over_a_restart() {
        make(TRACE_ERROR);
        gateway.restart();
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> rows("SELECT id FROM delivery").size() == 2);
        assertThat(rows("SELECT reason FROM delivery")).containsOnly("silence 1");
    }

    @Test
    void who_made_and_who_ended_it_stands_in_one_line_of_the_log_each() {
        try (LogLines log = new LogLines()) {
            make(TRACE_ERROR);
            make(TRACE_ERROR);
            gateway.management("DELETE", "/admin/silences/1?by=on-call");
            gateway.management("DELETE", "/admin/silences/1?by=on-call");
            List<String> lines = log.text()
                    .lines()
                    .filter(line -> line.startsWith("Silence "))
                    .toList();
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0)).matches("Silence 1 of on-call holds \\[rule=trace-error] until \\S+Z: a deploy");
            assertThat(lines.get(1)).isEqualTo("Silence 1 was ended by on-call");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                " | A silence is an object with a list of matchers, until or for, by and why.",
                "x | The request is not JSON, or has a field twice.",
                "{'a': 1, 'a': 2} | The request is not JSON, or has a field twice.",
                "{} {} | The request is not JSON, or has a field twice.",
                "[] | A silence is an object with a list of matchers, until or for, by and why.",
                "null | A silence is an object with a list of matchers, until or for, by and why.",
                "{'matchers': 'rule=x'} | A silence is an object with a list of matchers, until or for, by and why.",
                "{'matchers': [], 'untill': 1} | There is no field 'untill'; did you mean until?",
                "{'matchers': [], 'x': 1} | There is no field 'x'; there are matchers, from, until, for, by, why.",
                "{'matchers': [1]} | A matcher is an object with label, op and value, each a text.",
                "{'matchers': [{'label': 'rule'}]} | A matcher is an object with label, op and value, each a text.",
                "{'matchers': [{'label': 1, 'op': '=', 'value': 'x'}]}"
                        + " | A matcher is an object with label, op and value, each a text.",
                "{'matchers': [{'label': 'rule', 'op': '=', 'value': 'x', 'isRegex': true}]}"
                        + " | A matcher is an object with label, op and value, each a text.",
                "{'matchers': [{'label': 'projekt', 'op': '=', 'value': 'x'}]}"
                        + " | There is no label 'projekt'; did you mean project?",
                "{'matchers': [{'label': 'rule', 'op': '==', 'value': 'x'}]} | A matcher compares by =, !=, =~, !~.",
                "{'matchers': [{'label': 'rule', 'op': '=', 'value': 5}]}"
                        + " | The value of a matcher is a text of 1 to 500 characters, without control characters.",
                "{'matchers': [], 'from': 'now'} | from is a time such as 2026-11-30T08:00:00Z.",
                "{'matchers': [], 'until': 5} | until is a time such as 2026-11-30T08:00:00Z.",
                "{'matchers': [], 'until': '+1000000000-12-31T23:59:59Z'} | until is a time such as 2026-11-30T08:00:00Z.",
                "{'matchers': [], 'for': '2 hours'} | for is a duration such as 30m, 2h or 7d.",
                "{'matchers': [], 'for': {}} | for is a duration such as 30m, 2h or 7d.",
                "{'matchers': [], 'for': '2h'} | A silence has 1 to 20 matchers; without one it would hold everything."
            })
    void what_makes_no_silence_is_refused_in_a_sentence(String request, String sentence) {
        HttpResponse<String> answer = make(request == null ? "" : request.replace('\'', '"'));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(GatewayExtension.json(answer).path("error").asText()).isEqualTo(sentence);
        assertThat(rows("SELECT id FROM silence")).isEmpty();
    }

    @Test
    void a_refusal_that_quotes_the_request_is_json() {
        HttpResponse<String> answer =
                make("{\"matchers\":[{\"label\":\"rule\",\"op\":\"=~\",\"value\":\"(x\\\"<!channel>\\\\n\"}]}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(GatewayExtension.json(answer).path("error").asText())
                .isEqualTo("The regular expression for rule is none of RE2's: missing closing ) in (x\"<!channel>\\n.");
    }

    @Test
    void a_rule_that_is_not_there_is_allowed_and_said() {
        assertThat(GatewayExtension.json(make(TRACE_ERROR)).has("remark")).isFalse();
        assertThat(remark("=", "trace-eror"))
                .isEqualTo("No rule in force is meant by rule=trace-eror; did you mean trace-error?");
        assertThat(remark("=~", "toxic.*"))
                .isEqualTo("No rule in force is meant by rule=~toxic.*; there are low-score, monitor-alert,"
                        + " project-notification, prompt-version, token-usage, trace-error.");
        assertThat(gateway.json("/admin/silences")).hasSize(3);
    }

    private String remark(String op, String rule) {
        return GatewayExtension.json(make(silence("{'label': 'rule', 'op': '" + op + "', 'value': '" + rule + "'}")))
                .path("remark")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<!channel>", "${body}", "{{fusewire.admin.token}}", "a,b=c", "' OR 1=1 --", "..", "RAW(x)", "%"
            })
    void a_hostile_text_is_only_a_text(String text) {
        String asked =
                TRACE_ERROR.replace("on-call", text).replace("a deploy", text).replace("trace-error", text);
        JsonNode made = GatewayExtension.json(make(asked));
        assertThat(made.path("by").asText()).isEqualTo(text);
        JsonNode listed = gateway.json("/admin/silences").get(0);
        assertThat(listed.path("why").asText()).isEqualTo(text);
        assertThat(listed.path("matchers").get(0).path("value").asText()).isEqualTo(text);
        assertThat(rows("SELECT made_by FROM silence")).containsExactly(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u001b[31m", "a\\nb", "\\ud800", "\\u2028"})
    void what_would_break_a_line_is_refused(String text) {
        for (String part : List.of("on-call", "a deploy", "trace-error")) {
            assertThat(make(TRACE_ERROR.replace(part, text)).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void a_request_of_a_mebibyte_costs_little() {
        String matcher = "{\"label\":\"rule\",\"op\":\"=~\",\"value\":\"((a{9}){9}){9}b{9}\"},";
        String many = matcher.repeat((1 << 20) / matcher.length() - 10);
        assertThat(make(silence(many + "{'label': 'rule', 'op': '=', 'value': 'x'}"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(make(TRACE_ERROR.replace("a deploy", "x".repeat(1_000_000))).statusCode())
                .isEqualTo(400);
        HttpResponse<String> label = make(TRACE_ERROR.replace("rule", "x".repeat(1_000_000)));
        assertThat(label.statusCode()).isEqualTo(400);
        assertThat(label.body()).startsWith("{\"error\":\"There is no label so long; there are action, ");
        assertThat(make("[".repeat(1_000_000)).statusCode()).isEqualTo(400);
        assertThat(make(TRACE_ERROR).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    ?limit=x",
        "GET,    ?after=x",
        "GET,    ?state=x",
        "GET,    ?state=active%20",
        "DELETE, /x",
        "DELETE, /1?by=%0a",
        "DELETE, /1?by="
    })
    void a_parameter_that_makes_no_sense_is_a_400(String method, String path) {
        HttpResponse<String> answer = gateway.management(method, "/admin/silences" + path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(GatewayExtension.json(answer).path("error").asText()).isNotBlank();
    }

    @Test
    void an_unknown_number_is_a_404() {
        HttpResponse<String> answer = gateway.management("DELETE", "/admin/silences/99");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"error\":\"There is no such silence.\"}");
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "POST, ''", "DELETE, /1"})
    void without_the_token_nothing_is_told_or_done(String method, String path) {
        make(TRACE_ERROR);
        assertThat(gateway.send(gateway.managementRequest("/admin/silences" + path)
                                .method(method, HttpRequest.BodyPublishers.ofString(TRACE_ERROR)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(gateway.json("/admin/silences?state=active")).hasSize(1);
    }

    private HttpResponse<String> make(String request) {
        return gateway.management("POST", "/admin/silences", request);
    }

    private static String silence(String matchers) {
        return ("{'matchers': [" + matchers + "], 'for': '1h', 'by': 'on-call', 'why': 'a deploy'}").replace('\'', '"');
    }

    private List<String> rows(String query) {
        return gateway.store().rows(query);
    }
}
