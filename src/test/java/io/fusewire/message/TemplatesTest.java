package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.error.TemplateException;
import io.fusewire.testing.SlackContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
    @TempDir
    private Path folder;

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve("templates").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private ObjectNode render(String sink, Alert alert) {
        return new Templates(folder, Alerts.BASE, Map.of(), Alerts.CLOCK).render(sink, "", Alerts.format(sink), alert);
    }

    @Test
    void an_outside_folder_wins_over_the_classpath() throws IOException {
        write("slack/trace.jq", "{text: .labels.trace}");
        assertThat(render("slack", Alerts.traceError("m"))).isEqualTo(Alerts.json("{\"text\":\"t1\"}"));
        assertThat(render("slack", Alerts.example("score-created")).path("blocks"))
                .isNotEmpty();
    }

    @Test
    void a_rules_own_template_wins_over_that_of_the_family() throws IOException {
        write("slack/trace-error.jq", "{text: \"mine\"}");
        assertThat(render("slack", Alerts.traceError("m")).path("text").asText())
                .isEqualTo("mine");
    }

    @Test
    void an_outside_template_may_use_the_functions_of_the_prelude() throws IOException {
        write("slack/any.jq", "{text: grave}");
        assertThat(render("slack", Alerts.example("generation-created"))).isEqualTo(Alerts.json("{\"text\":\"Info\"}"));
    }

    @Test
    void the_prelude_of_the_root_stands_before_every_template_and_that_of_the_folder_after_it() throws IOException {
        write("x/any.jq", "{text: severity, at: at([\"event\", \"data\", \"traceId\"])}");
        assertThat(render("x", Alerts.traceError("m"))).isEqualTo(Alerts.json("{\"text\":\"Critical\",\"at\":\"t1\"}"));
        write("x/prelude.jq", "def severity: \"mine\";");
        assertThat(render("x", Alerts.traceError("m")).path("text").asText()).isEqualTo("mine");
        write("any.jq", "{text: severity}");
        write("prelude.jq", "def severity: \"ours\";");
        assertThat(render("chat", Alerts.traceError("m")).path("text").asText()).isEqualTo("ours");
    }

    @Test
    void a_second_sink_of_a_format_has_the_first_ones_templates_and_its_own_go_before_them() throws IOException {
        Templates templates = new Templates(folder, Alerts.BASE, Map.of(), Alerts.CLOCK);
        Alert failed = Alerts.traceError("<!channel>" + "x".repeat(20_000));
        assertThat(templates.render("slack-ops", "", MessageFormat.SLACK, failed))
                .isEqualTo(Alerts.message("slack", failed));
        assertThat(templates.render("slack-ops", "plain", MessageFormat.SLACK, failed))
                .isEqualTo(Alerts.TEMPLATES.render("slack", "plain", MessageFormat.SLACK, failed));
        write("slack-ops/score.jq", "{text: .event.data.name}");
        assertThat(templates.render("slack-ops", "", MessageFormat.SLACK, Alerts.example("score-created")))
                .isEqualTo(Alerts.json("{\"text\":\"hallucination\"}"));
        assertThat(templates.render("slack-ops", "", MessageFormat.SLACK, failed))
                .as("what it has no template of its own for")
                .isEqualTo(Alerts.message("slack", failed));
    }

    @Test
    void a_template_sees_what_is_promised() throws IOException {
        write("x/any.jq", "{seen: .}");
        ObjectNode seen = (ObjectNode) render("x", Alerts.traceError("m")).get("seen");
        assertThat(seen.fieldNames())
                .toIterable()
                .containsExactly(
                        "event", "labels", "rule", "severity", "resolve", "incident", "source", "received", "links");
        assertThat(seen.path("received").asText()).isEqualTo("2026-08-22T08:22:00.000Z");
        assertThat(seen.path("links").path("view").asText()).endsWith("/project/p1/traces/t1");
        assertThat(seen.path("incident").path("key").asText()).isEqualTo("langfuse:default:p1:trace-error:t1");
    }

    @Test
    void a_named_template_is_used_whatever_would_fit() throws IOException {
        write("x/short.jq", "{s: .rule}");
        Templates templates = new Templates(folder, Alerts.BASE, Map.of(), Alerts.CLOCK);
        assertThat(templates.render("x", "short", MessageFormat.TEXT, Alerts.traceError("m")))
                .isEqualTo(Alerts.json("{\"s\":\"trace-error\"}"));
        assertThatThrownBy(() -> templates.render("x", "../x/short", MessageFormat.TEXT, Alerts.traceError("m")))
                .isInstanceOf(TemplateException.class);
    }

    @Test
    void slack_has_a_plain_template_for_when_blocks_are_refused() {
        ObjectNode message =
                Alerts.TEMPLATES.render("slack", "plain", MessageFormat.SLACK, Alerts.example("trace-error"));
        assertThat(SlackContract.violations(message)).isEmpty();
        assertThat(message.has("blocks")).isFalse();
        assertThat(message.path("text").asText())
                .isEqualTo(
                        "Critical: trace-error, trace.updated checkout-agent, subject 7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d,"
                                + " project clx0proj00000aa1b2c3d4e5f, 429 Too Many Requests from provider");
        Alert bare = Alerts.alert(
                Alerts.JSON.createObjectNode(), Alerts.labels("trace.updated"), "trace-error", "critical", false);
        assertThat(Alerts.TEMPLATES
                        .render("slack", "plain", MessageFormat.SLACK, bare)
                        .path("text")
                        .asText())
                .as("of what is unknown nothing is said")
                .isEqualTo("Critical: trace-error, trace.updated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.created", "", ".", "..", "../slack/trace", "prelude.x", "a/b", "prélude", "none"})
    void an_unknown_type_falls_to_any(String type) {
        Alert alert = Alerts.alert(Alerts.json("{}"), Alerts.labels(type), "../rule", "info", false);
        assertThat(Alerts.message("slack", alert).at("/blocks/0/text/text").asText())
                .isEqualTo("Info: " + type);
    }

    @Test
    void more_unknown_types_than_are_remembered_still_render() {
        for (int i = 0; i < 1100; i++) {
            Alert alert = Alerts.alert(Alerts.json("{}"), Alerts.labels("unknown" + i), "rule", "info", false);
            assertThat(Alerts.message("slack", alert).has("blocks")).isTrue();
        }
    }

    @Test
    void a_sink_without_templates_has_a_plain_one() {
        assertThat(render("chat", Alerts.traceError("429 & <more>")))
                .isEqualTo(Alerts.json(
                        """
                                {
                                  "title": "critical: trace-error – t1",
                                  "text": "429 & <more>",
                                  "rule": "trace-error",
                                  "severity": "critical",
                                  "resolve": false,
                                  "value": null,
                                  "incident": "%s",
                                  "received": "2026-08-22T08:22:00.000Z",
                                  "link": "https://cloud.langfuse.com/project/p1/traces/t1"
                                }
                                """
                                .formatted(Alerts.traceError("").incident().key())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    trace-created|info: everything – checkout-agent|trace.created checkout-agent
                    score-created|warning: low-score – hallucination|Claim not supported by context.
                    monitor-alert-ok|resolved: monitor-alert – [OK] p95 latency – checkout agent|`p95(observations.latency)` recovered
                    project-notification|warning: project-notification – hallucination-judge|Evaluator paused: LLM authentication failed. Update the LLM connection used by this evaluator and then reactivate it.
                    prompt-version|info: prompt-version – movie-critic|prompt-version movie-critic created
                    """)
    void the_plain_one_says_what_happened(String event, String title, String text) {
        ObjectNode message = render("chat", Alerts.example(event));
        assertThat(message.path("title").asText()).isEqualTo(title);
        assertThat(message.path("text").asText()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"data\": 1}", "{\"data\": [], \"payload\": \"a\", \"event\": null}"})
    void the_plain_one_takes_any_shape(String event) {
        Alert alert = Alerts.alert(Alerts.json(event), Alerts.labels("none"), "rule", "info", false);
        assertThat(render("chat", alert).path("text").asText()).isEqualTo("none");
    }

    @Test
    void an_own_plain_one_wins_and_a_sinks_own_wins_over_it() throws IOException {
        write("any.jq", "{mine: .rule}");
        write("pager/any.jq", "{pager: .rule}");
        assertThat(render("chat", Alerts.traceError("m"))).isEqualTo(Alerts.json("{\"mine\":\"trace-error\"}"));
        assertThat(render("pager", Alerts.traceError("m"))).isEqualTo(Alerts.json("{\"pager\":\"trace-error\"}"));
        assertThat(render("slack", Alerts.traceError("m")).has("blocks")).isTrue();
    }

    @Test
    void the_alert_is_not_changed() {
        Alert alert = Alerts.traceError("<!channel>");
        ObjectNode before = alert.event().deepCopy();
        Alerts.message("slack", alert);
        Alerts.message("pagerduty", alert);
        assertThat(alert.event()).isEqualTo(before);
    }

    @Test
    void many_threads_render_the_same() {
        ObjectNode alone = Alerts.message("slack", Alerts.example("trace-error"));
        Templates fresh = new Templates(Path.of("absent"), Alerts.BASE, Map.of(), Alerts.CLOCK);
        assertThat(IntStream.range(0, 2000)
                        .parallel()
                        .mapToObj(i -> fresh.render("slack", "", MessageFormat.SLACK, Alerts.example("trace-error"))))
                .allMatch(alone::equals);
    }
}
