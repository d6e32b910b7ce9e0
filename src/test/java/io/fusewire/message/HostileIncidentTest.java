package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.message.Incident.Kind;
import io.fusewire.message.Incident.Sample;
import io.fusewire.message.Incident.Text;
import io.fusewire.testing.PagerDutyContract;
import io.fusewire.testing.SlackContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an incident's texts, labels and traces say, every sink takes what it is told, and nobody is pinged. */
class HostileIncidentTest {
    private static final int MIB = 1 << 20;
    private static final int TEAMS = 28 * 1024;
    private static final Templates TEMPLATES = ToldIncident.templates(Duration.ofDays(3), "Asia/Kathmandu");

    private static Alert hostile(Kind kind, String text, long count) {
        ToldIncident told = new ToldIncident(kind);
        told.count = count;
        told.more = count / 3;
        told.span = Duration.ofDays(3);
        told.texts = Collections.nCopies(3, new Text(text, count));
        told.samples = Collections.nCopies(5, new Sample(text, text));
        told.who = text;
        told.folded = true;
        // All labels of an event are parts of a body of a MiB.
        String label = text.substring(0, Math.min(text.length(), MIB / 8));
        told.group.replaceAll((name, value) -> label);
        told.group.put("name", label);
        ObjectNode event = Alerts.JSON.createObjectNode();
        event.putObject("data").put("statusMessage", text);
        return told.of(alert(event, label));
    }

    private static Alert alert(ObjectNode event, String text) {
        Map<String, Object> labels = Alerts.labels("trace.updated");
        labels.putAll(Map.of("project", text, "name", text, "trace", text, "subject", text, "level", "ERROR"));
        return Alerts.alert(event, labels, "trace-error", "critical", false);
    }

    private static ObjectNode message(String sink, String template, Alert alert) {
        return TEMPLATES.render(sink, template, Alerts.format(sink), alert);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel>",
                "<@U123> <https://evil.example|click>",
                "*bold* _it_ ~no~ `code` ``` **md** [a](http://evil.example)",
                "令牌超出限制，请稍后再试。",
                "&",
                "\"",
                "\\",
                "|",
                "😀",
                "\ud83d",
                "\ude00x",
                "\0\u001b[31m",
                "\u202egnp.exe",
                "\r\n\t ",
                "x"
            })
    void every_sink_takes_what_it_is_told(String piece) {
        for (Kind kind : Kind.values()) {
            for (long count : new long[] {0, 1, 100_000}) {
                isTaken(hostile(kind, piece, count));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "<!channel>", "字", "\ud83d"})
    void every_sink_takes_a_mebibyte_of_it(String piece) {
        isTaken(hostile(Kind.DEVELOPING, piece.repeat(MIB / piece.length()), 100_000));
    }

    private static void isTaken(Alert alert) {
        for (String template : List.of("", "thread", "plain")) {
            ObjectNode slack = message("slack", template, alert);
            assertThat(SlackContract.violations(slack)).as(template).isEmpty();
            assertThat(slack.toString()).doesNotContain("<!").doesNotContain("<@");
        }
        ObjectNode pagerduty = message("pagerduty", "", alert).put("routing_key", Alerts.ROUTING_KEY);
        assertThat(PagerDutyContract.violations(pagerduty)).isEmpty();
        byte[] teams = message("teams", "", alert).toString().getBytes(StandardCharsets.UTF_8);
        assertThat(teams.length).isLessThan(TEAMS);
        ObjectNode mail = message("email", "", alert);
        assertThat(mail.path("subject").asText().codePoints().count()).isBetween(1L, 200L);
        assertThat(mail.path("text").asText().codePoints().count()).isBetween(1L, 20_000L);
        assertThat(message("webhook", "", alert).at("/data/incident/count").isNumber())
                .isTrue();
        assertThat(message("chat", "", alert).path("title").asText()).isNotBlank();
    }
}
