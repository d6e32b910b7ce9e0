package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Delivery.Settlement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What ended long ago goes; what somebody may still need stays; all stays accounted for. */
@OnEachDatabase
class RetentionTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    private Retention retention;

    @BeforeEach
    void open() {
        retention = new Retention(fixture.store, WEEK, null, () -> {});
    }

    @Test
    void an_event_goes_when_its_last_delivery_ended_long_enough_ago() {
        fixture.queue("a", "slack", "default", "1");
        fixture.clock.forward(WEEK);
        fixture.deliveries.settle(Settlement.delivered(claim(), NONE));
        fixture.clock.forward(WEEK.minusHours(1));
        assertThat(retention.sweep()).isZero();
        fixture.clock.forward(Duration.ofHours(2));
        assertThat(retention.sweep()).isEqualTo(1);
        assertThat(fixture.rows("SELECT key FROM event")).isEmpty();
        assertThat(fixture.rows("SELECT id FROM delivery")).isEmpty();
    }

    @Test
    void what_waits_what_is_dead_and_what_is_undecided_stays_however_old() {
        fixture.queue("dead", "slack", "default", "1");
        fixture.deliveries.settle(Settlement.dead(claim(), "answered 400", NONE));
        fixture.queue("waiting", "slack", "default", "2");
        fixture.queue("delivered", "pagerduty", "default", "3");
        fixture.deliveries.settle(Settlement.delivered(
                fixture.deliveries
                        .claim("pagerduty", true, NONE, StoreFixture.LEASE)
                        .orElseThrow(),
                NONE));
        fixture.add("undecided");
        fixture.clock.forward(WEEK.multipliedBy(10));
        assertThat(retention.sweep()).isEqualTo(1);
        assertThat(fixture.rows("SELECT key FROM event ORDER BY key")).containsExactly("dead", "undecided", "waiting");
    }

    @Test
    void more_than_a_batch_goes_in_one_sweep_and_the_young_stay() {
        for (int i = 0; i < 450; i++) {
            fixture.add("old-" + i);
        }
        settleAll();
        fixture.clock.forward(WEEK.plusDays(1));
        fixture.add("young");
        settleAll();
        assertThat(retention.sweep()).isEqualTo(450);
        assertThat(fixture.rows("SELECT key FROM event")).containsExactly("young");
        assertThat(retention.sweep()).isZero();
    }

    @Test
    void reconciliation_counts_what_went() {
        fixture.queue("a", "slack", "default", "1");
        fixture.deliveries.settle(Settlement.delivered(claim(), NONE));
        fixture.queue("b", "slack", "default", "2");
        Reconciliation reconciliation = new Reconciliation(fixture.store);
        fixture.deliveries.settle(Settlement.delivered(claim(), NONE));
        fixture.clock.forward(WEEK.plusDays(1));
        fixture.queue("c", "slack", "default", "3");
        Reconciliation.Balance before = reconciliation.verify();
        assertThat(retention.sweep()).isEqualTo(2);
        assertThat(reconciliation.verify()).isEqualTo(before);
        assertThat(before.accepted()).isEqualTo(3);
        assertThat(before.count("slack", "delivered")).isEqualTo(2);
    }

    @Test
    void an_incident_goes_with_the_last_of_its_events_and_is_still_counted() {
        fixture.alarms("a", 3);
        tell();
        fixture.alarms("a", 2);
        fixture.clock.forward(WEEK.plusDays(1));
        Reconciliation reconciliation = new Reconciliation(fixture.store);
        assertThat(retention.sweep()).as("but for the event that opened it").isEqualTo(4);
        assertThat(reconciliation.verify().faults()).isEmpty();
        new IncidentSchedule(fixture.store, fixture.changes::add).due();
        tell();
        Reconciliation.Balance before = reconciliation.verify();
        assertThat(before.told().get("slack")).containsEntry("told", 5L);
        fixture.clock.forward(WEEK.plusDays(1));
        assertThat(retention.sweep()).isEqualTo(1);
        assertThat(fixture.rows("SELECT id FROM incident")).isEmpty();
        assertThat(reconciliation.verify().told().get("slack")).containsEntry("told", 5L);
        assertThat(reconciliation.verify()).isEqualTo(before);
    }

    @Test
    void a_dead_letter_is_discarded_only_where_an_age_is_set() {
        fixture.queue("a", "slack", "default", "1");
        fixture.deliveries.settle(Settlement.dead(claim(), "answered 400", NONE));
        fixture.clock.forward(DAY.plusHours(1));
        retention.sweep();
        assertThat(fixture.deadLetters.list(null, null, null)).hasSize(1);
        new Retention(fixture.store, WEEK, DAY, () -> {}).sweep();
        assertThat(fixture.deadLetters.list(null, null, null)).isEmpty();
        assertThat(fixture.rows("SELECT state FROM delivery")).containsExactly("discarded");
    }

    @Test
    void of_two_who_come_when_work_is_due_one_has_the_turn() {
        NodeLeases leases = new NodeLeases(fixture.store);
        assertThat(List.of(leases.take("sweep", DAY), leases.take("sweep", DAY)))
                .containsExactly(true, false);
        assertThat(leases.take("another", DAY)).isTrue();
        fixture.clock.forward(DAY.plusSeconds(1));
        assertThat(List.of(leases.take("sweep", DAY), leases.take("sweep", DAY)))
                .containsExactly(true, false);
    }

    private void tell() {
        Delivery delivery = claim();
        fixture.deliveries.settle(Settlement.told(delivery, delivery.news().kind(false), NONE));
    }

    private void settleAll() {
        fixture.settle(fixture.next(1_000).stream()
                .map(claimed -> StoreFixture.decision(claimed))
                .toList());
    }

    private Delivery claim() {
        return fixture.deliveries.claim("slack", true, NONE, StoreFixture.LEASE).orElseThrow();
    }
}
