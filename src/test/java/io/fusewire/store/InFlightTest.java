package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a gateway has just stored is in its hand, and nobody else decides it until the lease is over. */
@OnEachDatabase
class InFlightTest {
    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @BeforeEach
    void open() {
        fixture.inFlight.lease = StoreFixture.LEASE;
    }

    @Test
    void an_event_in_hand_is_not_given_out_and_can_be_decided() {
        fixture.add("a");
        assertThat(fixture.pending.claim(10, StoreFixture.LEASE)).isEmpty();
        ClaimedEvent held = fixture.inFlight.held.get(0);
        assertThat(held.event().key()).isEqualTo("a");
        assertThat(held.event().id())
                .isEqualTo(Long.parseLong(fixture.rows("SELECT id FROM event").get(0)));
        assertThat(fixture.pending.settle(List.of(StoreFixture.decision(held)))).hasSize(1);
        assertThat(fixture.rows("SELECT event_id FROM pending_event")).isEmpty();
        assertThat(fixture.rows("SELECT alerts FROM decided")).containsExactly("0");
    }

    @Test
    void after_its_lease_another_takes_it_and_the_hand_that_held_it_changes_nothing() {
        fixture.add("a");
        fixture.clock.forward(StoreFixture.LEASE.plusSeconds(1));
        List<ClaimedEvent> again = fixture.pending.claim(10, StoreFixture.LEASE);
        assertThat(again).hasSize(1);
        assertThat(fixture.pending.settle(List.of(StoreFixture.decision(fixture.inFlight.held.get(0)))))
                .isEmpty();
        assertThat(fixture.pending.settle(List.of(StoreFixture.decision(again.get(0)))))
                .hasSize(1);
    }

    @Test
    void of_two_claims_of_one_event_in_one_batch_only_the_valid_one_is_settled() {
        fixture.add("a");
        fixture.clock.forward(StoreFixture.LEASE.plusSeconds(1));
        ClaimedEvent stale = fixture.inFlight.held.get(0);
        ClaimedEvent valid = fixture.pending.claim(10, StoreFixture.LEASE).get(0);
        Decision.Addressed slack = StoreFixture.alert("slack", "default", "i", false);
        List<Decision> settled = fixture.pending.settle(
                List.of(StoreFixture.decision(stale, slack), StoreFixture.decision(valid, slack)));
        assertThat(settled).extracting(Decision::claimed).containsExactly(valid);
        assertThat(fixture.rows("SELECT alerts FROM decided")).containsExactly("1");
    }

    @Test
    void what_is_given_back_can_be_taken_at_once() {
        fixture.add("a");
        fixture.pending.giveBack(fixture.inFlight.held);
        assertThat(fixture.pending.claim(10, StoreFixture.LEASE)).hasSize(1);
    }

    @Test
    void a_duplicate_is_not_in_hand_and_leaves_its_room() {
        fixture.add("a");
        int room = fixture.inFlight.reserved;
        assertThat(fixture.add("a")).isFalse();
        assertThat(fixture.inFlight.held).hasSize(1);
        assertThat(fixture.inFlight.reserved).isEqualTo(room);
    }

    @Test
    void a_claim_brings_no_more_into_memory_than_fits_and_leaves_the_rest_to_the_next() {
        byte[] large = new byte[3 << 20];
        for (String key : List.of("a", "b", "c")) {
            WriteStrategy.await(
                    fixture.store.keep(new NewEvent(key, "default", "trace.updated", large, Duration.ZERO)));
        }
        for (String key : List.of("a", "b", "c")) {
            assertThat(fixture.pending.claim(10, StoreFixture.LEASE))
                    .extracting(claimed -> claimed.event().key())
                    .containsExactly(key);
        }
    }
}
