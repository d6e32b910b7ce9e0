package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each event's rules run once, whatever happens in between. */
@OnEachDatabase
class PendingEventsTest {
    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @Test
    void events_are_claimed_oldest_first_and_not_twice() {
        List.of("a", "b", "c").forEach(fixture::add);
        assertThat(keys(fixture.pending.claim(2, StoreFixture.LEASE))).containsExactly("a", "b");
        assertThat(keys(fixture.pending.claim(2, StoreFixture.LEASE))).containsExactly("c");
        assertThat(fixture.pending.claim(2, StoreFixture.LEASE)).isEmpty();
    }

    @Test
    void what_is_claimed_and_not_settled_comes_back_after_its_lease() {
        fixture.add("a");
        fixture.pending.claim(1, StoreFixture.LEASE);
        fixture.clock.forward(StoreFixture.LEASE.plusSeconds(1));
        assertThat(keys(fixture.pending.claim(1, StoreFixture.LEASE))).containsExactly("a");
    }

    @Test
    void a_decision_that_is_settled_twice_makes_one_delivery() {
        ClaimedEvent event = fixture.claimed("a");
        Decision decision = StoreFixture.decision(event, StoreFixture.alert("slack", "default", "i", false));
        fixture.pending.settle(List.of(decision));
        fixture.pending.settle(List.of(decision));
        assertThat(fixture.rows("SELECT state FROM delivery")).containsExactly("waiting");
        assertThat(fixture.rows("SELECT event_id FROM pending_event")).isEmpty();
    }

    @Test
    void an_alert_for_a_sink_that_is_off_is_kept_with_the_reason_and_is_never_claimed() {
        Decision.Addressed off = new Decision.Addressed(
                "slack", "default", "rule", "critical", false, "i", "sinks.slack.webhook-url is not set");
        fixture.pending.settle(List.of(StoreFixture.decision(fixture.claimed("a"), off)));
        assertThat(fixture.rows("SELECT state || ': ' || reason FROM delivery"))
                .containsExactly("suppressed: sinks.slack.webhook-url is not set");
        assertThat(fixture.deliveries.claim("slack", true, Duration.ZERO, StoreFixture.LEASE))
                .isEmpty();
        assertThat(fixture.deadLetters.list(null, null, null)).isEmpty();
    }

    @Test
    void a_broken_rule_keeps_the_other_alerts_and_its_replay_runs_the_rules_again_and_doubles_none() {
        ClaimedEvent event = fixture.claimed("a");
        Decision.Addressed slack = StoreFixture.alert("slack", "default", "i", false);
        fixture.pending.settle(List.of(new Decision(event, List.of(slack), List.of(), "my-rule", "no such bean")));
        assertThat(fixture.deadLetters.list("rules", null, null))
                .singleElement()
                .satisfies(deadLetter -> assertThat(deadLetter)
                        .containsEntry("rule", "my-rule")
                        .containsEntry("reason", "no such bean"));

        long id = (long) fixture.deadLetters.list("rules", null, null).get(0).get("id");
        assertThat(fixture.deadLetters.replay(id)).isTrue();
        ClaimedEvent again = fixture.pending.claim(1, StoreFixture.LEASE).get(0);
        assertThat(again.replayed()).isTrue();
        fixture.pending.settle(
                List.of(StoreFixture.decision(again, slack, StoreFixture.alert("pagerduty", "default", "i", false))));
        assertThat(fixture.rows("SELECT sink || ' ' || state FROM delivery ORDER BY sink"))
                .containsExactly("pagerduty waiting", "rules delivered", "slack waiting");
    }

    @Test
    void a_rule_that_breaks_again_is_a_dead_letter_again_with_the_new_reason() {
        ClaimedEvent event = fixture.claimed("a");
        fixture.pending.settle(List.of(new Decision(event, List.of(), List.of(), "my-rule", "first")));
        fixture.deadLetters.replayAll("rules", 10);
        ClaimedEvent again = fixture.pending.claim(1, StoreFixture.LEASE).get(0);
        fixture.pending.settle(List.of(new Decision(again, List.of(), List.of(), "my-rule", "second")));
        assertThat(fixture.deadLetters.list(null, null, null))
                .singleElement()
                .satisfies(deadLetter ->
                        assertThat(deadLetter).containsEntry("reason", "second").containsEntry("replays", 1));
    }

    @Test
    void a_batch_is_settled_whole_or_not_at_all() {
        Decision good = StoreFixture.decision(fixture.claimed("a"), StoreFixture.alert("slack", "default", "i", false));
        Decision bad = StoreFixture.decision(fixture.claimed("b"), StoreFixture.alert(null, "default", "i", false));
        assertThatThrownBy(() -> fixture.pending.settle(List.of(good, bad)))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(fixture.rows("SELECT id FROM delivery")).isEmpty();
        assertThat(fixture.rows("SELECT event_id FROM pending_event")).hasSize(2);
        assertThat(fixture.pending.settle(List.of(good))).containsExactly(good);
    }

    @Test
    void who_lost_the_lease_decides_nothing() {
        ClaimedEvent slow = fixture.claimed("a");
        fixture.clock.forward(StoreFixture.LEASE.plusSeconds(1));
        ClaimedEvent taken = fixture.pending.claim(1, StoreFixture.LEASE).get(0);
        Decision late = StoreFixture.decision(slow, StoreFixture.alert("slack", "default", "i", false));
        assertThat(fixture.pending.settle(List.of(late))).isEmpty();
        assertThat(fixture.rows("SELECT id FROM delivery")).isEmpty();
        Decision ours = StoreFixture.decision(taken, StoreFixture.alert("pagerduty", "default", "i", false));
        assertThat(fixture.pending.settle(List.of(ours))).containsExactly(ours);
        assertThat(fixture.pending.settle(List.of(late))).isEmpty();
        assertThat(fixture.rows("SELECT sink FROM delivery")).containsExactly("pagerduty");
    }

    private static List<String> keys(List<ClaimedEvent> events) {
        return events.stream().map(claimed -> claimed.event().key()).toList();
    }
}
