package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Decision.Addressed;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.Decision.Cause;
import io.fusewire.store.Decision.Grouping;
import io.fusewire.store.Decision.Joined;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an alert would do is what it does; and to foresee it changes nothing. */
@OnEachDatabase
class ForeseenIncidentTest {
    private static final Grouping GROUPING = new Grouping(
            List.of("project"), Duration.ZERO, Duration.ofMinutes(5), null, Duration.ofMinutes(15), true, "graver");
    private static final List<String> SEVERITIES = List.of("warning", "error", "critical");
    private static final String STATE =
            "SELECT key || ' ' || state || ' ' || severity || ' ' || count || ' ' || late || ' ' || folded FROM incident";

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    private int events;

    @Test
    void whatever_comes_does_what_was_foreseen() {
        Random random = new Random(18);
        long begin = fixture.clock.millis();
        for (int i = 0; i < 150; i++) {
            Joined alert = alert(
                    "rule",
                    "cause " + random.nextInt(2 * StoreFixture.MOST_OPEN),
                    SEVERITIES.get(random.nextInt(SEVERITIES.size())),
                    random.nextInt(4) == 0,
                    begin + random.nextInt(1_000));
            List<String> before = fixture.rows(STATE + " ORDER BY id");
            ForeseenIncident foreseen = fixture.pending.foresee(alert);
            assertThat(fixture.rows(STATE + " ORDER BY id")).isEqualTo(before);
            join(alert);
            IncidentState incident = foreseen.incident();
            String order = incident.id() == 0 ? " ORDER BY id DESC" : " WHERE id = " + incident.id();
            assertThat(fixture.rows(STATE + order).get(0))
                    .as(foreseen.is())
                    .isEqualTo(incident.key() + " " + (incident.isOpen() ? "open" : "closed") + " "
                            + incident.severity() + " " + incident.count() + " " + incident.late() + " "
                            + (incident.folded() ? 1 : 0));
            assertThat(fixture.rows(STATE)).hasSize(before.size() + (incident.id() == 0 ? 1 : 0));
        }
        assertThat(fixture.rows("SELECT count(*) FROM incident WHERE folded = 1"))
                .isNotEqualTo(List.of("0"));
        assertThat(fixture.rows("SELECT sum(late) FROM incident")).isNotEqualTo(List.of("0"));
    }

    @Test
    void what_would_hold_it_is_foreseen() {
        Joined alert = alert("rule", "a", "error", false, fixture.clock.millis());
        assertThat(fixture.pending.foresee(alert).incident().held()).isNull();
        join(alert("graver", "b", "error", false, fixture.clock.millis()));
        assertThat(fixture.pending.foresee(alert).incident().held()).isEqualTo("rule graver has an open incident");
        join(alert);
        assertThat(fixture.pending.foresee(alert).incident().held()).isEqualTo("rule graver has an open incident");
        Joined recovery = alert("rule", "a", "error", true, fixture.clock.millis());
        assertThat(fixture.pending.foresee(recovery).incident().held())
                .as("those that know of it hear that it closes")
                .isNull();
        assertThat(ForeseenIncident.isHeld("rule graver has an open incident")).isTrue();
        assertThat(ForeseenIncident.isHeld("silence 1")).isTrue();
        assertThat(ForeseenIncident.isHeld("sinks.slack.webhook-url is not set"))
                .isFalse();
    }

    private static Joined alert(String rule, String cause, String severity, boolean resolve, long at) {
        AlertSpec spec = new AlertSpec(rule, resolve ? "info" : severity, resolve, GROUPING);
        return new Joined(
                spec,
                new Cause(cause, "further", "default", "p1", Map.of("project", "p1")),
                at,
                "text",
                "trace",
                null,
                List.of(new Addressed("slack", "default", rule, severity, resolve, cause, null)));
    }

    private void join(Joined alert) {
        fixture.settle(
                List.of(new Decision(fixture.claimed("event " + events++), List.of(), List.of(alert), null, null)));
    }
}
