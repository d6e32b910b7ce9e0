package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Delivery.Settlement;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise 4: everything is accounted for, and what isn't is named by its event. */
@OnEachDatabase
class ReconciliationTest {
    private static final Duration NONE = Duration.ZERO;

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    private Reconciliation reconciliation;

    @BeforeEach
    void open() {
        reconciliation = new Reconciliation(fixture.store);
    }

    @Test
    void every_state_has_its_place() {
        fixture.queue("delivered", "slack", "default", "1");
        fixture.deliveries.settle(Settlement.delivered(claim(), NONE));
        fixture.queue("dead", "slack", "default", "2");
        fixture.deliveries.settle(Settlement.dead(claim(), "answered 400", NONE));
        fixture.queue("waiting", "slack", "default", "3");
        fixture.settle(List.of(StoreFixture.decision(
                fixture.claimed("suppressed"),
                new Decision.Addressed("slack", "default", "rule", "info", false, "i", "off"))));
        fixture.settle(List.of(StoreFixture.decision(fixture.claimed("not wanted"))));
        fixture.settle(
                List.of(new Decision(fixture.claimed("broken"), List.of(), List.of(), "my-rule", "no such bean")));
        fixture.add("undecided");

        Reconciliation.Balance balance = reconciliation.verify();
        assertThat(balance.holds()).isTrue();
        assertThat(balance.accepted()).isEqualTo(7);
        assertThat(balance.undecided()).isEqualTo(1);
        assertThat(balance.decided()).isEqualTo(6);
        for (String state : List.of("delivered", "dead", "waiting", "suppressed")) {
            assertThat(balance.count("slack", state)).as(state).isEqualTo(1);
        }
        assertThat(balance.notWanted()).as("no rule raised an alert").isEqualTo(2);
        assertThat(balance.count("rules", "dead")).isEqualTo(1);
    }

    @Test
    void every_alert_of_an_incident_has_its_place() {
        fixture.alarms("told", 1);
        tell();
        fixture.alarms("told", 2);
        fixture.alarms("dead", 3);
        fixture.deliveries.settle(Settlement.dead(claim(), "answered 400", NONE));
        fixture.join("silenced", false, 1L);
        fixture.alarms("closed", 1);
        tell();
        fixture.clock.forward(Duration.ofSeconds(1));
        fixture.join("closed", true, null);
        tell();
        fixture.clock.forward(Duration.ofMinutes(1));
        fixture.join("early", true, null);
        fixture.add("undecided");

        Reconciliation.Balance balance = reconciliation.verify();
        assertThat(balance.faults()).isEmpty();
        assertThat(balance.difference()).isZero();
        assertThat(balance.told().get("slack"))
                .containsEntry("told", 2L)
                .containsEntry("waiting", 2L)
                .containsEntry("dead", 3L)
                .containsEntry("suppressed", 1L);
        assertThat(balance.sinks()).as("messages of their own").isEmpty();
        assertThat(balance.notWanted()).isZero();
        assertThat(balance.incidents()).isEqualTo(new Reconciliation.Incidents(3, 2, 0, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE incident SET count = count + 1 | counts more or fewer alerts than joined it",
                "DELETE FROM alert | counts more or fewer alerts than joined it",
                "UPDATE delivery SET told_count = 1 | is not told to slack, which nobody holds back",
                "UPDATE incident SET state = 'closed' | is not told to slack, which nobody holds back",
            })
    void an_alert_that_an_incident_lost_is_a_difference_and_named(String damage, String fault) throws Exception {
        fixture.alarms("a", 3);
        tell();
        assertThat(reconciliation.verify().holds()).isTrue();
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(damage);
        }
        assertThat(reconciliation.sums().difference()).isPositive();
        assertThat(reconciliation.verify().faults())
                .anySatisfy(named -> assertThat(named).startsWith("incident ").endsWith(fault));
    }

    @Test
    void a_replay_of_a_mended_rule_keeps_them_balanced_at_every_step() {
        Decision.Addressed slack = StoreFixture.alert("slack", "default", "i", false);
        fixture.settle(
                List.of(new Decision(fixture.claimed("a"), List.of(slack), List.of(), "my-rule", "no such bean")));
        assertThat(reconciliation.verify().holds()).isTrue();
        fixture.deadLetters.replayAll("rules", 10);
        assertThat(reconciliation.verify().holds()).isTrue();
        ClaimedEvent again =
                fixture.pending.replays().claim(1, StoreFixture.LEASE).get(0);
        fixture.settle(
                List.of(StoreFixture.decision(again, slack, StoreFixture.alert("pagerduty", "default", "i", false))));
        Reconciliation.Balance balance = reconciliation.verify();
        assertThat(balance.holds()).isTrue();
        assertThat(balance.count("pagerduty", "waiting")).isEqualTo(1);
        assertThat(balance.count("slack", "waiting")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE delivery SET state = 'delivered' | event decided of source default has ended without a time, or waits with one",
            })
    void what_is_missing_or_double_is_named(String damage, String fault) throws Exception {
        fixture.queue("decided", "slack", "default", "1");
        fixture.add("undecided");
        assertThat(reconciliation.verify().holds()).isTrue();
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(damage);
        }
        assertThat(reconciliation.verify().holds()).isFalse();
        assertThat(reconciliation.verify().faults()).containsExactly(fault);
    }

    @Test
    void the_sums_alone_show_a_lost_event_and_a_lost_delivery() throws Exception {
        fixture.queue("decided", "slack", "default", "1");
        fixture.add("undecided");
        assertThat(reconciliation.sums().difference()).isZero();
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE event_log SET judged = judged + 1000");
            assertThat(reconciliation.sums().difference())
                    .as("an event that the rules passed over")
                    .isEqualTo(1);
            statement.execute("DELETE FROM delivery");
            assertThat(reconciliation.sums().difference()).isEqualTo(2);
        }
    }

    /** Slack hears of an incident what there is to say. */
    private void tell() {
        Delivery delivery = claim();
        fixture.deliveries.settle(Settlement.told(delivery, delivery.news().kind(false), NONE));
    }

    private Delivery claim() {
        return fixture.deliveries.claim("slack", true, NONE, StoreFixture.LEASE).orElseThrow();
    }
}
