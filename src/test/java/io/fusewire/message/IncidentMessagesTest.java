package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.message.Incident.Kind;
import io.fusewire.message.Incident.Text;
import io.fusewire.testing.CodeBlocks;
import io.fusewire.testing.PagerDutyContract;
import io.fusewire.testing.SlackContract;
import io.fusewire.testing.SlackText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each sink is told of an incident. {@code -Dgolden=write} writes the files anew. */
class IncidentMessagesTest {
    private static final Templates SOON = ToldIncident.templates(Duration.ofMinutes(17), "UTC");
    private static final Templates LATER = ToldIncident.templates(Duration.ofHours(6), "UTC");

    private static Alert alert(Kind kind) {
        return new ToldIncident(kind).of(Alerts.example("trace-error"));
    }

    private static ObjectNode message(String sink, String template, Alert alert) {
        Templates templates = alert.incident().kind() == Kind.STILL_OPEN ? LATER : SOON;
        return templates.render(sink, template, Alerts.format(sink), alert);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void each_kind_reads_as_written_down_in_every_sink(Kind kind) throws IOException {
        for (String sink : List.of("slack", "pagerduty", "teams", "email", "webhook", "chat")) {
            ObjectNode message = message(sink, "", alert(kind));
            RenderedTest.isAsWritten(sink + "/incident-" + kind.word(), message);
            if (sink.equals("slack")) {
                assertThat(SlackContract.violations(message)).isEmpty();
            }
            if (sink.equals("pagerduty")) {
                assertThat(PagerDutyContract.violations(message.put("routing_key", Alerts.ROUTING_KEY)))
                        .isEmpty();
            }
        }
        ObjectNode reply = message("slack", "thread", alert(kind));
        assertThat(SlackContract.violations(reply)).isEmpty();
        RenderedTest.isAsWritten("slack/thread-" + kind.word(), reply);
        ObjectNode plain = message("slack", "plain", alert(kind));
        assertThat(SlackContract.violations(plain)).isEmpty();
        assertThat(plain.path("text").asText()).contains("trace-error");
    }

    /** As a person sees them; by the name of the case. */
    private static Map<String, Alert> cases() {
        Map<String, Alert> cases = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            cases.put(kind.word(), alert(kind));
        }
        Alert trace = Alerts.example("trace-error");
        ToldIncident late = new ToldIncident(Kind.OPENED);
        late.count = 1204;
        late.more = 1204;
        late.span = Duration.ofMinutes(17);
        cases.put("opened-after-an-outage", late.of(trace));
        ToldIncident folded = new ToldIncident(Kind.DEVELOPING);
        folded.folded = true;
        folded.group.remove("error");
        cases.put("developing-folded", folded.of(trace));
        ToldIncident known = new ToldIncident(Kind.DEVELOPING);
        known.who = "ada <ada@example.com>";
        cases.put("developing-acknowledged", known.of(trace));
        ToldIncident ended = new ToldIncident(Kind.CLOSED).closed("by-hand", Duration.ofMinutes(32));
        ended.who = "ada";
        cases.put("closed-by-hand", ended.of(trace));
        cases.put(
                "closed-as-stale",
                new ToldIncident(Kind.CLOSED)
                        .one()
                        .named("monitor", "cmemonitor0001")
                        .closed("stale", Duration.ofDays(1))
                        .of(Alerts.example("monitor-alert")));
        cases.put(
                "closed-recovered",
                new ToldIncident(Kind.CLOSED)
                        .one()
                        .named("monitor", "cmemonitor0001")
                        .closed("recovered", Duration.ofMinutes(41))
                        .of(Alerts.example("monitor-alert-ok")));
        cases.put(
                "still-open-of-a-monitor",
                new ToldIncident(Kind.STILL_OPEN)
                        .one()
                        .named("monitor", "cmemonitor0001")
                        .of(Alerts.example("monitor-alert")));
        cases.put("closed-of-one", new ToldIncident(Kind.CLOSED).one().of(trace));
        cases.put("developing-of-scores", scores());
        cases.put(
                "developing-of-a-notification",
                new ToldIncident(Kind.DEVELOPING)
                        .named("action", "evaluator-blocked")
                        .named("name", "hallucination-judge")
                        .of(Alerts.example("project-notification")));
        return cases;
    }

    private static Alert scores() {
        ToldIncident scores = new ToldIncident(Kind.DEVELOPING).named("name", "hallucination");
        scores.count = 37;
        scores.more = 9;
        scores.span = Duration.ofHours(2).plusMinutes(5);
        scores.texts = List.of(new Text("Claim not supported by context.", 12));
        return scores.of(Alerts.example("score-created"));
    }

    static Stream<String> names() {
        return cases().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void each_case_is_good_to_read_in_slack(String name) throws IOException {
        Alert alert = cases().get(name);
        ObjectNode message = message("slack", "", alert);
        assertThat(SlackContract.violations(message)).isEmpty();
        String phone = "On a phone: " + SlackText.notification(message) + "\n\n";
        RenderedTest.isAsWritten("slack/incident-" + name + ".txt", phone + SlackText.of(message));
    }

    @Test
    void the_document_shows_what_slack_shows() throws IOException {
        assertThat(CodeBlocks.of("docs/alerting.md", "text"))
                .contains(SlackText.of(message("slack", "", alert(Kind.DEVELOPING)))
                        .replace("#c92a2a ", "")
                        .strip());
    }

    @Test
    void the_document_names_what_templates_see_and_no_more() throws IOException {
        String table = Files.readString(Path.of("docs/alerting.md")).split("\n## Templates and incidents\n")[1];
        Set<String> named = Pattern.compile("(?m)^\\| (`[^|]+) \\|")
                .matcher(table)
                .results()
                .flatMap(row -> Stream.of(row.group(1).replace("`", "").split(", ")))
                .collect(Collectors.toSet());
        named.remove(".incident");
        ObjectNode seen =
                alert(Kind.CLOSED).incident().json(MessageFormat.TEXT, sample -> Optional.empty(), Alerts.CLOCK);
        assertThat(seen.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void what_joins_no_incident_has_no_bar() {
        assertThat(Alerts.message("slack", Alerts.example("trace-error")).has("attachments"))
                .isFalse();
    }

    @Test
    void times_are_told_in_the_zone_that_is_set() {
        Templates berlin = ToldIncident.templates(Duration.ofDays(1), "Europe/Berlin");
        assertThat(berlin.render("email", "", MessageFormat.TEXT, alert(Kind.DEVELOPING))
                        .path("text")
                        .asText())
                .contains("\n\n1,204 alerts since 22 Aug 10:21 CEST, 71 a minute, 388 of them since the last message.");
    }
}
