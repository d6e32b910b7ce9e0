package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Decision.Addressed;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.Decision.Cause;
import io.fusewire.store.Decision.Grouping;
import io.fusewire.store.Decision.IncidentChange;
import io.fusewire.store.Decision.Joined;
import io.fusewire.store.Delivery.Settlement;
import io.fusewire.store.IncidentState.IncidentNews.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alerts of one cause are one incident, which each sink is told of at most once an interval, as it is then. */
@OnEachDatabase
class IncidentsTest {
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofMinutes(15);
    private static final Grouping GROUPING =
            new Grouping(List.of("source", "project"), Duration.ZERO, INTERVAL, null, QUIET, true, null);

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    private Grouping grouping = GROUPING;
    private int events;

    @Test
    void alerts_of_one_cause_are_one_incident_that_counts_them() {
        alarms("a", 3);
        alarms("a", 2);
        alarms("b", 1);
        assertThat(fixture.rows("SELECT key || ' ' || count || ' ' || state FROM incident ORDER BY key"))
                .containsExactly("a 5 open", "b 1 open");
        assertThat(fixture.rows("SELECT incident || ' ' || state FROM delivery ORDER BY incident"))
                .containsExactly("a waiting", "b waiting");
        assertReconciled();
    }

    @Test
    void a_sink_is_told_at_once_and_then_after_the_interval_what_is_true_by_then() {
        alarms("a", 1);
        assertThat(tell()).isEqualTo("OPENED 1");
        alarms("a", 2);
        assertThat(tell()).isEqualTo("nothing");
        fixture.clock.forward(INTERVAL);
        alarms("a", 4);
        assertThat(tell()).isEqualTo("DEVELOPING 7");
        fixture.clock.forward(INTERVAL);
        assertThat(tell()).isEqualTo("nothing");
        assertReconciled();
    }

    @Test
    void what_joins_while_a_message_is_in_flight_is_told_after_the_interval() {
        alarms("a", 1);
        Delivery opened = claim().orElseThrow();
        alarms("a", 5);
        settle(opened);
        assertThat(tell()).isEqualTo("nothing");
        fixture.clock.forward(INTERVAL);
        assertThat(tell()).isEqualTo("DEVELOPING 6");
        assertReconciled();
    }

    @Test
    void a_graver_alert_is_told_at_once() {
        alarms("a", 1);
        assertThat(tell()).isEqualTo("OPENED 1");
        join(alert("a", "critical", false, now()));
        assertThat(tell()).isEqualTo("GRAVER 2");
    }

    @Test
    void its_own_recovery_closes_it_and_the_next_alarm_opens_another() {
        alarms("a", 2);
        tell();
        join(alert("a", "info", true, now()));
        assertThat(tell()).isEqualTo("CLOSED 2 recovered");
        alarms("a", 1);
        assertThat(tell()).isEqualTo("OPENED 1");
        assertReconciled();
    }

    @Test
    void it_closes_when_nothing_came_for_long_enough() {
        grouping = new Grouping(List.of(), Duration.ZERO, INTERVAL, null, QUIET, false, null);
        alarms("a", 2);
        tell();
        fixture.clock.forward(QUIET.minusSeconds(1));
        assertThat(due()).isZero();
        fixture.clock.forward(Duration.ofSeconds(1));
        assertThat(due()).isEqualTo(1);
        assertThat(tell()).isEqualTo("CLOSED 2 quiet");
        assertThat(due()).isZero();
        assertReconciled();
    }

    @Test
    void one_that_its_own_events_should_close_is_stale_by_then() {
        alarms("a", 1);
        tell();
        fixture.clock.forward(QUIET);
        due();
        assertThat(tell()).isEqualTo("CLOSED 1 stale");
    }

    @Test
    void a_recovery_that_comes_before_its_older_alarm_leaves_it_closed_and_the_alarm_is_late() {
        long alarmed = now();
        join(alert("a", "info", true, alarmed + 1_000));
        join(alert("a", "error", false, alarmed));
        assertThat(fixture.rows("SELECT state || ' ' || count || ' ' || late || ' ' || recoveries FROM incident"))
                .containsExactly("closed 1 1 1");
        assertThat(tell()).isEqualTo("nothing");
        assertReconciled();
    }

    @Test
    void of_two_with_the_same_time_the_one_that_came_later_decides() {
        long same = now();
        join(alert("a", "error", false, same));
        join(alert("a", "info", true, same));
        assertThat(states()).containsExactly("closed");
        join(alert("a", "error", false, same));
        assertThat(states()).containsExactly("closed", "open");
    }

    @Test
    void a_recovery_that_is_older_than_the_newest_alarm_leaves_it_open() {
        long time = now();
        join(alert("a", "error", false, time));
        join(alert("a", "info", true, time - 1));
        assertThat(states()).containsExactly("open");
        assertReconciled();
    }

    @Test
    void a_second_recovery_tells_nobody_anything() {
        alarms("a", 1);
        tell();
        join(alert("a", "info", true, now()), alert("a", "info", true, now()));
        assertThat(tell()).isEqualTo("CLOSED 1 recovered");
        join(alert("a", "info", true, now()));
        assertThat(tell()).isEqualTo("nothing");
        assertReconciled();
    }

    @Test
    void further_causes_fold_into_one_when_too_many_are_open() {
        List<Joined> many = new ArrayList<>();
        for (int i = 0; i < StoreFixture.MOST_OPEN + 10; i++) {
            many.add(alert("cause " + i, "error", false, now()));
        }
        join(many.toArray(Joined[]::new));
        join(alert("another", "error", false, now()));
        assertThat(fixture.rows("SELECT count FROM incident WHERE folded = 1")).containsExactly("11");
        assertThat(states()).hasSize(StoreFixture.MOST_OPEN + 1);
        assertReconciled();
    }

    @Test
    void an_outage_of_hours_ends_in_one_message_and_where_it_must_be_in_two() {
        alarms("a", 3);
        join(alert("a", "info", true, now()));
        Delivery only = claim().orElseThrow();
        assertThat(only.news().kind(false)).isEqualTo(Kind.CLOSED);
        assertThat(only.news().kind(true)).isEqualTo(Kind.OPENED);
        fixture.deliveries.settle(Settlement.told(only, Kind.OPENED, Duration.ZERO));
        assertThat(tell()).isEqualTo("CLOSED 3 recovered");
        assertThat(tell()).isEqualTo("nothing");
    }

    @Test
    void one_that_closes_within_its_wait_is_told_to_nobody() {
        grouping = new Grouping(List.of(), Duration.ofSeconds(30), INTERVAL, null, QUIET, true, null);
        alarms("a", 1);
        assertThat(tell()).isEqualTo("nothing");
        join(alert("a", "info", true, now()));
        fixture.clock.forward(Duration.ofSeconds(31));
        assertThat(tell()).isEqualTo("nothing");
        assertThat(fixture.rows("SELECT reason FROM delivery")).containsExactly("it closed within groupWait");
        assertReconciled();
    }

    @Test
    void it_is_told_again_that_it_is_open_where_nothing_is_new() {
        Duration repeat = Duration.ofHours(1);
        grouping = new Grouping(List.of(), Duration.ZERO, INTERVAL, repeat, null, true, null);
        alarms("a", 1);
        tell();
        fixture.clock.forward(repeat);
        due();
        assertThat(tell()).isEqualTo("STILL_OPEN 1");
        assertThat(due()).isZero();
        fixture.clock.forward(repeat);
        due();
        assertThat(tell()).isEqualTo("STILL_OPEN 1");
    }

    @Test
    void while_one_of_the_rule_that_it_yields_to_is_open_nobody_is_told_and_then_everybody_is() {
        Grouping yields = new Grouping(List.of(), Duration.ZERO, INTERVAL, null, null, true, "rule");
        AlertSpec milder = new AlertSpec("milder", "error", false, yields);
        alarms("graver", 1);
        join(new Joined(milder, cause("milder"), now(), "text", null, null, sinks("milder")));
        assertThat(tell()).isEqualTo("OPENED 1");
        assertThat(tell()).isEqualTo("nothing");
        assertThat(fixture.rows("SELECT reason FROM delivery WHERE state = 'suppressed'"))
                .containsExactly("rule rule has an open incident");
        assertReconciled();
        join(alert("graver", "info", true, now()));
        assertThat(tell()).isEqualTo("CLOSED 1 recovered");
        assertThat(due()).isEqualTo(1);
        assertThat(tell()).isEqualTo("OPENED 1");
        assertReconciled();
    }

    @Test
    void a_message_that_failed_for_good_gives_way_to_what_is_true_later() {
        alarms("a", 1);
        fixture.deliveries.settle(Settlement.dead(claim().orElseThrow(), "refused", Duration.ZERO));
        assertThat(fixture.deadLetters.list(null, null, null)).hasSize(1);
        fixture.clock.forward(INTERVAL);
        alarms("a", 1);
        assertThat(tell()).isEqualTo("OPENED 2");
        assertThat(fixture.deadLetters.list(null, null, null)).isEmpty();
    }

    @Test
    void a_crash_between_the_commit_and_the_message_leaves_one_message_to_send() {
        alarms("a", 3);
        fixture.restart();
        assertThat(tell()).isEqualTo("OPENED 3");
        assertThat(tell()).isEqualTo("nothing");
        fixture.clock.forward(QUIET);
        due();
        fixture.restart();
        assertThat(due()).as("it closed before").isZero();
        assertThat(tell()).isEqualTo("CLOSED 3 stale");
        assertThat(tell()).isEqualTo("nothing");
        assertReconciled();
    }

    @Test
    void a_crash_between_the_message_and_its_commit_repeats_it_with_what_is_true_by_then() {
        alarms("a", 1);
        claim().orElseThrow();
        alarms("a", 2);
        fixture.restart();
        String atOnce = tell();
        fixture.clock.forward(StoreFixture.LEASE.plusSeconds(1));
        assertThat(List.of(atOnce, tell()))
                .as("where the file is this process's own, no lease outlives it")
                .containsExactlyElementsOf(
                        fixture.isSqlite() ? List.of("OPENED 3", "nothing") : List.of("nothing", "OPENED 3"));
        assertThat(fixture.rows("SELECT told_count FROM delivery")).containsExactly("3");
        assertReconciled();
    }

    @Test
    void who_lost_its_lease_changes_nothing() {
        alarms("a", 1);
        Delivery slow = claim().orElseThrow();
        alarms("a", 1);
        fixture.clock.forward(StoreFixture.LEASE.plusSeconds(1));
        assertThat(tell()).isEqualTo("OPENED 2");
        settle(slow);
        assertThat(fixture.rows("SELECT told_count FROM delivery")).containsExactly("2");
        assertReconciled();
    }

    @Test
    void a_sink_hears_of_an_incident_by_the_first_event_that_was_addressed_to_it() {
        Joined toPager = new Joined(
                new AlertSpec("rule", "error", false, grouping),
                cause("a"),
                now(),
                "text",
                "trace",
                null,
                List.of(new Addressed("pagerduty", "default", "rule", "error", false, "a", null)));
        fixture.settle(List.of(
                new Decision(
                        fixture.claimed("first"),
                        List.of(StoreFixture.alert("slack", "default", "other", false)),
                        List.of(toPager),
                        null,
                        null),
                new Decision(
                        fixture.claimed("second"), List.of(), List.of(alert("a", "error", false, now())), null, null)));
        assertThat(fixture.rows("SELECT sink || ' ' || coalesce(incident_id, 0) FROM delivery ORDER BY 1"))
                .containsExactly("pagerduty 1", "slack 0", "slack 1");
    }

    @Test
    void what_waits_is_held_when_an_alert_is_and_told_when_the_silence_ends() {
        silence(3);
        alarms("a", 1);
        assertThat(tell()).isEqualTo("OPENED 1");
        alarms("a", 1);
        join(silenced("a", 3));
        fixture.clock.forward(INTERVAL);
        assertThat(tell()).isEqualTo("nothing");
        assertThat(fixture.rows("SELECT state || ' ' || reason FROM delivery")).containsExactly("suppressed silence 3");
        due();
        assertThat(tell()).as("it lasts").isEqualTo("nothing");
        fixture.clock.forward(QUIET.minus(INTERVAL).minusSeconds(10));
        due();
        assertThat(tell()).isEqualTo("DEVELOPING 3");
        assertReconciled();
    }

    @Test
    void of_one_that_closes_while_it_is_held_those_hear_that_knew_of_it() {
        silence(3);
        alarms("known", 1);
        assertThat(tell()).isEqualTo("OPENED 1");
        alarms("known", 1);
        join(silenced("known", 3));
        join(silenced("unknown", 3));
        fixture.clock.forward(QUIET);
        assertThat(due()).isEqualTo(2);
        assertThat(tell()).isEqualTo("CLOSED 3 stale");
        assertThat(tell()).isEqualTo("nothing");
        assertThat(fixture.rows("SELECT state FROM delivery WHERE incident = 'unknown'"))
                .containsExactly("suppressed");
        assertReconciled();
    }

    @Test
    void one_that_is_closed_is_held_by_nothing_any_more() {
        silence(3);
        alarms("a", 1);
        join(silenced("a", 3));
        IncidentHistory history = new IncidentHistory(fixture.store, changed -> {});
        assertThat(history.get(1)).containsEntry("held", "silence 3");
        assertThat(history.close(1, "me", null)).isTrue();
        assertThat(history.get(1)).containsEntry("state", "closed").doesNotContainKey("held");
        assertThat(history.list("closed", null, null).toString()).doesNotContain("held");
    }

    @Test
    void a_sink_s_own_name_for_its_message_comes_back_with_the_next() {
        alarms("a", 1);
        Delivery opened = claim().orElseThrow();
        fixture.deliveries.settle(
                Settlement.told(opened, Kind.OPENED, Duration.ZERO).referring("C1 1234.5"));
        fixture.clock.forward(INTERVAL);
        alarms("a", 1);
        assertThat(claim().orElseThrow().news().reference()).isEqualTo("C1 1234.5");
    }

    @Test
    void who_counts_hears_of_each_that_opens_closes_and_is_joined() {
        alarms("a", 2);
        alarms("a", 1);
        join(alert("a", "error", true, now()));
        long over = now();
        join(alert("b", "error", true, over));
        join(alert("b", "error", false, over - 1));
        for (int i = 0; i <= StoreFixture.MOST_OPEN; i++) {
            alarms("c" + i, 1);
        }
        fixture.clock.forward(QUIET);
        due();
        assertThat(fixture.changes.subList(0, 5))
                .containsExactly(
                        new IncidentChange("rule", true, false, 2, 0, null, null),
                        new IncidentChange("rule", false, false, 1, 0, null, null),
                        new IncidentChange("rule", false, false, 0, 0, "recovered", null),
                        new IncidentChange("rule", false, false, 0, 0, null, null),
                        new IncidentChange("rule", false, false, 1, 1, null, null));
        assertThat(fixture.changes).contains(new IncidentChange("rule", true, true, 1, 0, null, null));
        assertThat(fixture.changes.stream().filter(change -> "stale".equals(change.closed())))
                .hasSize(StoreFixture.MOST_OPEN + 1);
    }

    private void alarms(String cause, int count) {
        Joined[] alarms = new Joined[count];
        for (int i = 0; i < count; i++) {
            alarms[i] = alert(cause, "error", false, now());
        }
        join(alarms);
    }

    private Joined alert(String cause, String severity, boolean resolve, long at) {
        AlertSpec spec = new AlertSpec("rule", severity, resolve, grouping);
        return new Joined(spec, cause(cause), at, "text", "trace", null, sinks(cause));
    }

    /** One that ends within ten minutes. */
    private void silence(long id) {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO silence (id, matchers, starts_at, ends_at, made_at, made_by, comment)"
                    + (fixture.isSqlite() ? "" : " OVERRIDING SYSTEM VALUE")
                    + " VALUES (" + id + ", '[]', 0, "
                    + (now() + INTERVAL.plusMinutes(4).toMillis()) + ", 0, 'me', 'w')");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Joined silenced(String cause, long silence) {
        AlertSpec spec = new AlertSpec("rule", "error", false, grouping);
        return new Joined(spec, cause(cause), now(), "text", "trace", silence, sinks(cause));
    }

    private static Cause cause(String key) {
        return new Cause(key, "further", "default", "p1", Map.of("project", "p1"));
    }

    private static List<Addressed> sinks(String key) {
        return List.of(new Addressed("slack", "default", "rule", "error", false, key, null));
    }

    private void join(Joined... alerts) {
        List<Decision> decisions = new ArrayList<>();
        for (Joined alert : alerts) {
            decisions.add(new Decision(fixture.claimed("event " + events++), List.of(), List.of(alert), null, null));
        }
        fixture.settle(decisions);
    }

    private long now() {
        return fixture.clock.millis();
    }

    private int due() {
        return new IncidentSchedule(fixture.store, fixture.changes::add).due();
    }

    private List<String> states() {
        return fixture.rows("SELECT state FROM incident ORDER BY id");
    }

    private Optional<Delivery> claim() {
        return fixture.deliveries.claim("slack", true, Duration.ZERO, StoreFixture.LEASE);
    }

    private void settle(Delivery delivery) {
        fixture.deliveries.settle(Settlement.told(delivery, delivery.news().kind(false), Duration.ZERO));
    }

    /** Sends what is due; what it says. */
    private String tell() {
        return claim().map(delivery -> {
                    settle(delivery);
                    IncidentState incident = delivery.news().incident();
                    return delivery.news().kind(false) + " " + incident.count()
                            + (incident.reason() == null ? "" : " " + incident.reason());
                })
                .orElse("nothing");
    }

    private void assertReconciled() {
        Reconciliation.Balance balance = new Reconciliation(fixture.store).verify();
        assertThat(balance.faults()).isEmpty();
        assertThat(balance.holds()).isTrue();
    }
}
