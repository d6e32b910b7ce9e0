package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise 4: the books balance, and where they don't, they say for which event. */
@ParameterizedClass
@EnumSource
class ReconciliationTest {
    private static final Duration NONE = Duration.ZERO;

    @Parameter
    Kind kind;

    @TempDir
    Path folder;

    private StoreFixture shelf;
    private Reconciliation books;

    @BeforeEach
    void open() {
        shelf = new StoreFixture(kind, folder);
        books = new Reconciliation(shelf.store);
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    @Test
    void every_state_has_its_place() {
        shelf.queue("delivered", "slack", "default", "1");
        shelf.deliveries.delivered(claim(), NONE);
        shelf.queue("dead", "slack", "default", "2");
        shelf.deliveries.dead(claim(), "answered 400", NONE);
        shelf.queue("waiting", "slack", "default", "3");
        shelf.desk.settle(List.of(StoreFixture.decision(
                shelf.claimed("suppressed"),
                new Decision.Addressed("slack", "default", "rule", "info", false, "i", "off"))));
        shelf.desk.settle(List.of(StoreFixture.decision(shelf.claimed("not wanted"))));
        shelf.desk.settle(List.of(new Decision(shelf.claimed("broken"), List.of(), "my-rule", "no such bean")));
        shelf.add("undecided");

        Reconciliation.Balance balance = books.verify();
        assertThat(balance.holds()).isTrue();
        assertThat(balance.accepted()).isEqualTo(7);
        assertThat(balance.undecided()).isEqualTo(1);
        assertThat(balance.decided()).isEqualTo(6);
        for (String state : List.of("delivered", "dead", "waiting", "suppressed")) {
            assertThat(balance.count("slack", state)).as(state).isEqualTo(1);
        }
        assertThat(balance.notWanted("slack")).isEqualTo(2);
        assertThat(balance.count("rules", "dead")).isEqualTo(1);
    }

    @Test
    void a_replay_of_a_mended_rule_keeps_them_balanced_at_every_step() {
        Decision.Addressed slack = StoreFixture.alert("slack", "default", "i", false);
        shelf.desk.settle(List.of(new Decision(shelf.claimed("a"), List.of(slack), "my-rule", "no such bean")));
        assertThat(books.verify().holds()).isTrue();
        shelf.deadLetters.replayAll("rules", 10);
        assertThat(books.verify().holds()).isTrue();
        ClaimedEvent again = shelf.desk.claim(1, StoreFixture.LEASE).get(0);
        shelf.desk.settle(
                List.of(StoreFixture.decision(again, slack, StoreFixture.alert("pagerduty", "default", "i", false))));
        Reconciliation.Balance balance = books.verify();
        assertThat(balance.holds()).isTrue();
        assertThat(balance.count("pagerduty", "waiting")).isEqualTo(1);
        assertThat(balance.count("slack", "waiting")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM desk | undecided neither waits at the desk nor is decided",
                "DELETE FROM decided | decided neither waits at the desk nor is decided",
                "DELETE FROM delivery | decided has fewer or more alerts than its rules asked for",
                "INSERT INTO desk (event_id) SELECT event_id FROM decided | decided is decided and still waits to be",
                "UPDATE delivery SET state = 'delivered' | decided has ended without a time, or waits with one",
            })
    void what_is_missing_or_double_is_named(String damage, String fault) throws Exception {
        shelf.queue("decided", "slack", "default", "1");
        shelf.add("undecided");
        assertThat(books.verify().holds()).isTrue();
        try (Connection connection = shelf.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(damage);
        }
        assertThat(books.verify().holds()).isFalse();
        assertThat(books.verify().faults()).containsExactly(fault);
    }

    @Test
    void the_sums_alone_show_a_lost_event_and_a_lost_delivery() throws Exception {
        shelf.queue("decided", "slack", "default", "1");
        shelf.add("undecided");
        assertThat(books.sums().difference()).isZero();
        try (Connection connection = shelf.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM desk");
            assertThat(books.sums().difference()).isEqualTo(1);
            statement.execute("DELETE FROM delivery");
            assertThat(books.sums().difference()).isEqualTo(2);
        }
    }

    private Delivery claim() {
        return shelf.deliveries.claim("slack", true, NONE, StoreFixture.LEASE).orElseThrow();
    }
}
