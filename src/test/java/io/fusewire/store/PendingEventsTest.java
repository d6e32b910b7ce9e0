package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.OwnLog.Place;
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
    void events_are_found_behind_the_place_oldest_first() {
        List.of("a", "b", "c").forEach(fixture::add);
        assertThat(keys(fixture.next(2))).containsExactly("a", "b");
        assertThat(keys(fixture.next(2))).containsExactly("c");
        assertThat(fixture.next(2)).isEmpty();
        assertThat(keys(fixture.pending.after(fixture.place(), 9)))
                .as("nothing is decided yet")
                .containsExactly("a", "b", "c");
    }

    @Test
    void a_decision_that_is_settled_twice_makes_one_delivery() {
        Decision decision =
                StoreFixture.decision(fixture.claimed("a"), StoreFixture.alert("slack", "default", "i", false));
        Place before = fixture.place();
        assertThat(fixture.settle(decision)).isTrue();
        assertThat(fixture.pending.settle(before, List.of(decision), StoreFixture.LEASE))
                .isEmpty();
        assertThat(fixture.rows("SELECT state FROM delivery")).containsExactly("waiting");
        assertThat(fixture.pending.after(fixture.place(), 9)).isEmpty();
        assertThat(fixture.rows("SELECT alerts FROM event_log")).containsExactly("1");
    }

    @Test
    void a_thread_that_takes_the_log_anew_goes_on_where_the_store_says_and_the_one_that_hung_writes_nothing() {
        fixture.add("a");
        Place begun = fixture.place();
        fixture.settle(StoreFixture.decision(fixture.next(1).get(0)));
        Place hung = fixture.place();
        List<Decision> late = List.of(StoreFixture.decision(fixture.claimed("b")));
        Place anew = fixture.pending.logs().again(begun, StoreFixture.LEASE).orElseThrow();
        assertThat(anew.judged()).isEqualTo(hung.judged());
        assertThat(fixture.pending.settle(hung, late, StoreFixture.LEASE)).isEmpty();
        assertThat(fixture.pending.settle(anew, late, StoreFixture.LEASE)).isPresent();
        assertThat(fixture.pending.logs().again(anew, StoreFixture.LEASE)).isPresent();
    }

    @Test
    void an_alert_for_a_sink_that_is_off_is_kept_with_the_reason_and_is_never_claimed() {
        Decision.Addressed off = new Decision.Addressed(
                "slack", "default", "rule", "critical", false, "i", "sinks.slack.webhook-url is not set");
        fixture.settle(List.of(StoreFixture.decision(fixture.claimed("a"), off)));
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
        fixture.settle(List.of(new Decision(event, List.of(slack), List.of(), "my-rule", "no such bean")));
        assertThat(fixture.deadLetters.list("rules", null, null))
                .singleElement()
                .satisfies(deadLetter -> assertThat(deadLetter)
                        .containsEntry("rule", "my-rule")
                        .containsEntry("reason", "no such bean"));

        long id = (long) fixture.deadLetters.list("rules", null, null).get(0).get("id");
        assertThat(fixture.deadLetters.replay(id)).isTrue();
        ClaimedEvent again =
                fixture.pending.replays().claim(1, StoreFixture.LEASE).get(0);
        assertThat(again.replayed()).isTrue();
        fixture.settle(
                List.of(StoreFixture.decision(again, slack, StoreFixture.alert("pagerduty", "default", "i", false))));
        assertThat(fixture.rows("SELECT sink || ' ' || state FROM delivery ORDER BY sink"))
                .containsExactly("pagerduty waiting", "rules delivered", "slack waiting");
    }

    @Test
    void a_rule_that_breaks_again_is_a_dead_letter_again_with_the_new_reason() {
        ClaimedEvent event = fixture.claimed("a");
        fixture.settle(List.of(new Decision(event, List.of(), List.of(), "my-rule", "first")));
        fixture.deadLetters.replayAll("rules", 10);
        ClaimedEvent again =
                fixture.pending.replays().claim(1, StoreFixture.LEASE).get(0);
        fixture.settle(List.of(new Decision(again, List.of(), List.of(), "my-rule", "second")));
        assertThat(fixture.deadLetters.list(null, null, null))
                .singleElement()
                .satisfies(deadLetter ->
                        assertThat(deadLetter).containsEntry("reason", "second").containsEntry("replays", 1));
    }

    @Test
    void a_batch_is_settled_whole_or_not_at_all() {
        Decision good = StoreFixture.decision(fixture.claimed("a"), StoreFixture.alert("slack", "default", "i", false));
        Decision bad = StoreFixture.decision(fixture.claimed("b"), StoreFixture.alert(null, "default", "i", false));
        assertThatThrownBy(() -> fixture.settle(List.of(good, bad))).isInstanceOf(StoreUnavailableException.class);
        assertThat(fixture.rows("SELECT id FROM delivery")).isEmpty();
        assertThat(fixture.pending.after(fixture.place(), 9)).hasSize(2);
        assertThat(fixture.settle(good)).isTrue();
        assertThat(keys(fixture.pending.after(fixture.place(), 9))).containsExactly("b");
    }

    @Test
    void who_lost_the_lease_decides_nothing() {
        Decision late = StoreFixture.decision(fixture.claimed("a"), StoreFixture.alert("slack", "default", "i", false));
        Place ours = fixture.place();
        fixture.pending.logs().renew(ours, StoreFixture.LEASE);
        assertThat(fixture.pending.logs().takeOver(StoreFixture.LEASE)).isEmpty();
        fixture.clock.forward(StoreFixture.LEASE.plusSeconds(1));
        Place taken = fixture.pending.logs().takeOver(StoreFixture.LEASE).get(0);
        assertThat(taken.log()).isEqualTo(ours.log());
        assertThat(fixture.settle(late)).isFalse();
        assertThat(fixture.pending.logs().renew(ours, StoreFixture.LEASE)).isFalse();
        assertThat(fixture.rows("SELECT id FROM delivery")).isEmpty();
        Decision decided = StoreFixture.decision(
                fixture.pending.after(taken, 1).get(0), StoreFixture.alert("pagerduty", "default", "i", false));
        assertThat(fixture.pending.settle(taken, List.of(decided), StoreFixture.LEASE))
                .isPresent();
        assertThat(fixture.settle(late)).isFalse();
        assertThat(fixture.rows("SELECT sink FROM delivery")).containsExactly("pagerduty");
    }

    @Test
    void a_replay_comes_again_after_its_lease_and_who_lost_it_decides_nothing() {
        fixture.settle(new Decision(fixture.claimed("a"), List.of(), List.of(), "my-rule", "first"));
        fixture.deadLetters.replayAll("rules", 10);
        ClaimedEvent slow =
                fixture.pending.replays().claim(9, StoreFixture.LEASE).get(0);
        assertThat(fixture.pending.replays().claim(9, StoreFixture.LEASE)).isEmpty();
        fixture.clock.forward(StoreFixture.LEASE.plusSeconds(1));
        assertThat(fixture.settle(StoreFixture.decision(slow))).isFalse();
        ClaimedEvent again =
                fixture.pending.replays().claim(9, StoreFixture.LEASE).get(0);
        assertThat(fixture.settle(StoreFixture.decision(again))).isTrue();
        assertThat(fixture.rows("SELECT state FROM delivery")).containsExactly("delivered");
    }

    private static List<String> keys(List<ClaimedEvent> events) {
        return events.stream().map(claimed -> claimed.event().key()).toList();
    }
}
