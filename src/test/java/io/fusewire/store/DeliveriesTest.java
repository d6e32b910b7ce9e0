package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.Delivery.Settlement;
import io.fusewire.store.OwnLog.Place;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which delivery goes next, and that nobody settles what another has taken over. */
@OnEachDatabase
class DeliveriesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NONE = Duration.ZERO;

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @Test
    void a_resolve_is_not_claimed_while_its_trigger_waits_or_is_in_flight() {
        fixture.queue("trigger", "pagerduty", "default", "incident");
        fixture.queue("resolve", "pagerduty", "default", "incident");
        fixture.queue("other", "pagerduty", "default", "another incident");
        Delivery trigger = claim("pagerduty", NONE);
        assertThat(claim("pagerduty", NONE).event().key()).isEqualTo("other");
        assertThat(fresh("pagerduty", NONE))
                .as("while the trigger is in flight")
                .isEmpty();

        fixture.deliveries.settle(Settlement.later(trigger, "answered 500", in(30), StoreFixture.PATIENT, NONE));
        assertThat(fresh("pagerduty", NONE)).as("while the trigger waits").isEmpty();
        fixture.clock.forward(Duration.ofSeconds(31));
        assertThat(fresh("pagerduty", NONE)).as("while the trigger is due").isEmpty();
        fixture.deliveries.settle(Settlement.delivered(again("pagerduty").orElseThrow(), NONE));
        assertThat(claim("pagerduty", NONE).event().key()).isEqualTo("resolve");
    }

    @Test
    void a_resolve_waits_while_an_older_event_is_undecided_which_may_be_its_trigger() {
        ClaimedEvent trigger = fixture.claimed("trigger");
        ClaimedEvent resolve = fixture.claimed("resolve");
        fixture.add("a younger event");
        Decision.Addressed alert = StoreFixture.alert("pagerduty", "default", "incident", false);
        Place before = fixture.place();
        fixture.settle(List.of(StoreFixture.decision(trigger, alert), StoreFixture.decision(resolve, alert)));
        judged(before.judged());
        assertThat(fresh("pagerduty", NONE))
                .as("another gateway may be deciding it")
                .isEmpty();
        judged(resolve.event().id());
        assertThat(claim("pagerduty", NONE).event().key()).isEqualTo("trigger");
        assertThat(fresh("pagerduty", NONE)).isEmpty();
    }

    @Test
    void an_event_whose_rules_run_again_holds_nothing_up() {
        fixture.settle(
                List.of(new Decision(fixture.claimed("broken"), List.of(), List.of(), "my-rule", "no such bean")));
        fixture.queue("next", "pagerduty", "default", "incident");
        fixture.deadLetters.replayAll("rules", 10);
        assertThat(claim("pagerduty", NONE).event().key()).isEqualTo("next");
    }

    @Test
    void a_dead_trigger_lets_its_resolve_pass() {
        fixture.queue("trigger", "pagerduty", "default", "incident");
        fixture.queue("resolve", "pagerduty", "default", "incident");
        fixture.deliveries.settle(Settlement.dead(claim("pagerduty", NONE), "answered 400", NONE));
        assertThat(claim("pagerduty", NONE).event().key()).isEqualTo("resolve");
    }

    @Test
    void the_same_incident_at_another_address_waits_for_nobody() {
        fixture.queue("a", "pagerduty", "default", "incident");
        fixture.queue("b", "pagerduty", "shop", "incident");
        assertThat(List.of(
                        claim("pagerduty", NONE).event().key(),
                        claim("pagerduty", NONE).event().key()))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void a_paced_destination_has_one_in_flight_and_rests_after_it() {
        fixture.queue("a", "slack", "default", "1");
        fixture.queue("b", "slack", "default", "2");
        fixture.queue("c", "slack", "shop", "3");
        Delivery first = claim("slack", Duration.ofSeconds(60));
        assertThat(claim("slack", Duration.ofSeconds(60)).event().key()).isEqualTo("c");
        assertThat(fresh("slack", SECOND)).as("while it is in flight").isEmpty();
        fixture.deliveries.settle(Settlement.delivered(first, Duration.ofSeconds(60)));
        fixture.clock.forward(Duration.ofSeconds(50));
        assertThat(fresh("slack", SECOND)).as("before its pace is over").isEmpty();
        fixture.clock.forward(Duration.ofSeconds(11));
        assertThat(claim("slack", SECOND).event().key()).isEqualTo("b");
    }

    @Test
    void without_a_pace_a_destination_has_many_in_flight() {
        fixture.queue("a", "slack", "default", "1");
        fixture.queue("b", "slack", "default", "2");
        assertThat(fresh("slack", NONE)).isPresent();
        assertThat(fresh("slack", NONE)).isPresent();
        assertThat(fresh("slack", NONE)).isEmpty();
    }

    @Test
    void the_destination_that_rested_longest_goes_first() {
        fixture.queue("a", "slack", "default", "1");
        fixture.queue("b", "slack", "default", "2");
        fixture.queue("c", "slack", "shop", "3");
        fixture.deliveries.settle(Settlement.delivered(claim("slack", SECOND), Duration.ofMillis(1)));
        fixture.clock.forward(SECOND);
        assertThat(claim("slack", SECOND).event().key()).isEqualTo("c");
    }

    @Test
    void a_held_destination_gives_nothing_and_counts_no_attempt() {
        fixture.queue("a", "slack", "default", "1");
        fixture.queue("b", "slack", "default", "2");
        fixture.deliveries.settle(Settlement.held(claim("slack", NONE), "answered 429", in(60), NONE));
        assertThat(fresh("slack", NONE)).isEmpty();
        assertThat(fixture.destinations.held()).singleElement().satisfies(held -> {
            assertThat(held.destination()).isEqualTo("default");
            assertThat(held.reason()).isEqualTo("answered 429");
        });
        fixture.clock.forward(Duration.ofSeconds(61));
        Delivery first = claim("slack", NONE);
        assertThat(first.event().key()).isEqualTo("a");
        assertThat(first.attempts()).isZero();
        assertThat(fixture.destinations.held()).isEmpty();
    }

    @Test
    void who_lost_the_lease_changes_nothing_whatever_came_of_it() {
        fixture.queue("a", "slack", "default", "1");
        Delivery slow = claim("slack", SECOND);
        fixture.clock.forward(StoreFixture.LEASE.plusSeconds(1));
        Delivery taken = claim("slack", SECOND);
        assertThat(taken.id()).isEqualTo(slow.id());

        fixture.deliveries.settle(Settlement.later(slow, "too late", in(0), StoreFixture.PATIENT, SECOND));
        fixture.deliveries.settle(Settlement.dead(slow, "too late", SECOND));
        fixture.deliveries.settle(Settlement.delivered(slow, SECOND));
        assertThat(fixture.rows("SELECT state || ' ' || attempts || ' ' || coalesce(reason, '-') FROM delivery"))
                .containsExactly("waiting 0 -");
        fixture.deliveries.settle(Settlement.delivered(taken, SECOND));
        fixture.deliveries.settle(Settlement.dead(taken, "a second word", SECOND));
        assertThat(fixture.rows("SELECT state || ' ' || attempts FROM delivery"))
                .containsExactly("delivered 1");
    }

    @Test
    void first_attempts_and_redeliveries_are_claimed_apart() {
        fixture.queue("old", "slack", "default", "1");
        fixture.deliveries.settle(
                Settlement.later(claim("slack", NONE), "answered 500", in(30), StoreFixture.PATIENT, NONE));
        fixture.queue("new", "slack", "default", "2");
        assertThat(again("slack")).as("before it is due").isEmpty();
        fixture.clock.forward(Duration.ofSeconds(31));
        assertThat(claim("slack", NONE).event().key()).isEqualTo("new");
        assertThat(fresh("slack", NONE)).isEmpty();
        Delivery old = again("slack").orElseThrow();
        assertThat(old.event().key()).isEqualTo("old");
        assertThat(old.attempts()).isEqualTo(1);
    }

    @Test
    void an_end_and_the_next_claim_share_a_commit() {
        fixture.queue("a", "slack", "default", "1");
        fixture.queue("b", "slack", "default", "2");
        Delivery first = claim("slack", NONE);
        Optional<Delivery> next = fixture.deliveries.settleAndClaim(
                Settlement.delivered(first, NONE), "slack", true, NONE, StoreFixture.LEASE);
        assertThat(next).hasValueSatisfying(b -> assertThat(b.event().key()).isEqualTo("b"));
        assertThat(fixture.rows("SELECT state || ' ' || (leased_until > 0) FROM delivery ORDER BY id"))
                .isEqualTo(fixture.rows("SELECT 'delivered ' || (1 < 0) UNION ALL SELECT 'waiting ' || (1 > 0)"));
    }

    @Test
    void an_end_is_taken_back_where_the_next_claim_fails() {
        fixture.queue("a", "slack", "default", "1");
        Delivery first = claim("slack", NONE);
        Duration noLease = null;
        assertThatThrownBy(() -> fixture.deliveries.settleAndClaim(
                        Settlement.delivered(first, NONE), "slack", true, NONE, noLease))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(fixture.rows("SELECT state || ' ' || attempts FROM delivery"))
                .containsExactly("waiting 0");
    }

    @Test
    void who_lost_the_lease_does_not_free_the_destination_of_who_has_it() {
        fixture.queue("a", "slack", "default", "1");
        fixture.queue("b", "slack", "default", "2");
        Delivery slow = claim("slack", SECOND);
        fixture.clock.forward(StoreFixture.LEASE.plusSeconds(1));
        Delivery taken = claim("slack", SECOND);
        assertThat(taken.id()).isEqualTo(slow.id());
        fixture.deliveries.settle(Settlement.delivered(slow, SECOND));
        fixture.clock.forward(Duration.ofSeconds(2));
        assertThat(fresh("slack", SECOND)).isEmpty();
    }

    private Delivery claim(String sink, Duration pace) {
        return fresh(sink, pace).orElseThrow();
    }

    private Optional<Delivery> fresh(String sink, Duration pace) {
        return fixture.deliveries.claim(sink, true, pace, StoreFixture.LEASE);
    }

    private Optional<Delivery> again(String sink) {
        return fixture.deliveries.claim(sink, false, NONE, StoreFixture.LEASE);
    }

    private static Duration in(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** As far as the rules of the log's node are. */
    private void judged(long event) {
        fixture.store.write(session -> {
            session.connection().createStatement().executeUpdate("UPDATE event_log SET judged = " + event);
            return null;
        });
    }
}
