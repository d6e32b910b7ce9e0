package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.testing.CpuTime;
import io.fusewire.testing.PagerDutyContract;
import io.fusewire.testing.SlackContract;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an event says: every packed template makes a message of it that the sink takes. */
class TemplatesFuzzTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final EventReader READER = new EventReader();
    private static final List<String> RULES = List.of(
            "trace-error",
            "low-score",
            "monitor-alert",
            "project-notification",
            "prompt-version",
            "token-usage",
            "own-rule");

    /** The rule is chosen by the body's length; the severity, the recovery and what is told of its incident with it. */
    @MethodSource("io.fusewire.testing.ExampleEvents#bodies")
    @FuzzTest
    void an_event_becomes_a_message_that_its_sink_takes(byte[] body) {
        Event event;
        try {
            event = READER.read(body, "default");
        } catch (UnreadableEventException e) {
            return;
        }
        String rule = RULES.get(body.length % RULES.size());
        String severity = List.of("critical", "error", "warning", "info").get(body.length % 4);
        Alert itsOwn = Alerts.alert(event.json(), new TreeMap<>(event.labels()), rule, severity, body.length % 3 == 0);
        Incident.Kind[] kinds = Incident.Kind.values();
        int kind = body.length % (kinds.length + 1);
        Alert alert = kind == kinds.length ? itsOwn : new ToldIncident(kinds[kind]).of(itsOwn);

        assertThat(SlackContract.violations(message("slack", alert))).isEmpty();
        assertThat(PagerDutyContract.violations(message("pagerduty", alert))).isEmpty();
        for (String sink : List.of("teams", "email", "webhook", "own")) {
            assertThat(message(sink, alert)).as(sink).isNotEmpty();
        }
    }

    private static ObjectNode message(String sink, Alert alert) {
        ObjectNode message = CpuTime.within(BOUND, () -> Alerts.message(sink, alert));
        assertThat(Alerts.message(sink, alert)).as("the same again").isEqualTo(message);
        return message;
    }
}
