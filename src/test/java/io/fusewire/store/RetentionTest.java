package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What ended long ago goes; what somebody may still need stays; the books go on balancing. */
@ParameterizedClass
@EnumSource
class RetentionTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);

    @Parameter
    Kind kind;

    @TempDir
    Path folder;

    private StoreFixture shelf;
    private Retention retention;

    @BeforeEach
    void open() {
        shelf = new StoreFixture(kind, folder);
        retention = new Retention(shelf.store, WEEK, null);
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    @Test
    void an_event_goes_when_its_last_delivery_ended_long_enough_ago() {
        shelf.queue("a", "slack", "default", "1");
        shelf.clock.forward(WEEK);
        shelf.deliveries.delivered(claim(), NONE);
        shelf.clock.forward(WEEK.minusHours(1));
        assertThat(retention.sweep()).isZero();
        shelf.clock.forward(Duration.ofHours(2));
        assertThat(retention.sweep()).isEqualTo(1);
        assertThat(shelf.rows("SELECT key FROM event")).isEmpty();
        assertThat(shelf.rows("SELECT event_id FROM decided")).isEmpty();
        assertThat(shelf.rows("SELECT id FROM delivery")).isEmpty();
    }

    @Test
    void what_waits_what_is_dead_and_what_is_undecided_stays_however_old() {
        shelf.queue("dead", "slack", "default", "1");
        shelf.deliveries.dead(claim(), "answered 400", NONE);
        shelf.queue("waiting", "slack", "default", "2");
        shelf.queue("delivered", "pagerduty", "default", "3");
        shelf.deliveries.delivered(
                shelf.deliveries
                        .claim("pagerduty", true, NONE, StoreFixture.LEASE)
                        .orElseThrow(),
                NONE);
        shelf.add("undecided");
        shelf.clock.forward(WEEK.multipliedBy(10));
        assertThat(retention.sweep()).isEqualTo(1);
        assertThat(shelf.rows("SELECT key FROM event ORDER BY key")).containsExactly("dead", "undecided", "waiting");
    }

    @Test
    void more_than_a_batch_goes_in_one_sweep_and_the_young_stay() {
        for (int i = 0; i < 450; i++) {
            shelf.add("old-" + i);
        }
        settleAll();
        shelf.clock.forward(WEEK.plusDays(1));
        shelf.add("young");
        settleAll();
        assertThat(retention.sweep()).isEqualTo(450);
        assertThat(shelf.rows("SELECT key FROM event")).containsExactly("young");
        assertThat(retention.sweep()).isZero();
    }

    @Test
    void the_books_remember_what_went() {
        shelf.queue("a", "slack", "default", "1");
        shelf.deliveries.delivered(claim(), NONE);
        shelf.queue("b", "slack", "default", "2");
        Reconciliation books = new Reconciliation(shelf.store);
        shelf.deliveries.delivered(claim(), NONE);
        shelf.clock.forward(WEEK.plusDays(1));
        shelf.queue("c", "slack", "default", "3");
        Reconciliation.Balance before = books.verify();
        assertThat(retention.sweep()).isEqualTo(2);
        assertThat(books.verify()).isEqualTo(before);
        assertThat(before.accepted()).isEqualTo(3);
        assertThat(before.count("slack", "delivered")).isEqualTo(2);
    }

    @Test
    void a_dead_letter_is_discarded_only_where_an_age_is_set() {
        shelf.queue("a", "slack", "default", "1");
        shelf.deliveries.dead(claim(), "answered 400", NONE);
        shelf.clock.forward(DAY.plusHours(1));
        retention.sweep();
        assertThat(shelf.deadLetters.list(null, null, null)).hasSize(1);
        new Retention(shelf.store, WEEK, DAY).sweep();
        assertThat(shelf.deadLetters.list(null, null, null)).isEmpty();
        assertThat(shelf.rows("SELECT state FROM delivery")).containsExactly("discarded");
    }

    @Test
    void of_two_who_come_when_a_chore_is_due_one_has_the_turn() {
        NodeLeases chores = new NodeLeases(shelf.store);
        assertThat(List.of(chores.take("sweep", DAY), chores.take("sweep", DAY)))
                .containsExactly(true, false);
        assertThat(chores.take("another", DAY)).isTrue();
        shelf.clock.forward(DAY.plusSeconds(1));
        assertThat(List.of(chores.take("sweep", DAY), chores.take("sweep", DAY)))
                .containsExactly(true, false);
    }

    private void settleAll() {
        shelf.desk.settle(shelf.desk.claim(1_000, StoreFixture.LEASE).stream()
                .map(claimed -> StoreFixture.decision(claimed))
                .toList());
    }

    private Delivery claim() {
        return shelf.deliveries.claim("slack", true, NONE, StoreFixture.LEASE).orElseThrow();
    }
}
