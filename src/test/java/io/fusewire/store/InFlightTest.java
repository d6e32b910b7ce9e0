package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.OwnLog.Place;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a gateway has just stored is in its memory, in the order of its log, as far as there is room. */
@OnEachDatabase
class InFlightTest {
    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @BeforeEach
    void open() {
        recent().open(true);
    }

    @Test
    void each_event_follows_the_one_before_it_in_its_log() {
        List.of("a", "b", "c").forEach(fixture::add);
        Place begin = fixture.place();
        List<ClaimedEvent> held = recent().following(begin, 9);
        assertThat(held).extracting(one -> one.event().key()).containsExactly("a", "b", "c");
        assertThat(held)
                .extracting(ClaimedEvent::event)
                .usingRecursiveComparison()
                .isEqualTo(stored(begin));
        assertThat(fixture.pending.ownLog().end()).isEqualTo(held.get(2).event().id());
    }

    @Test
    void after_a_commit_of_which_nobody_knows_nothing_is_taken_for_what_is_before() {
        fixture.add("a");
        Place begin = fixture.place();
        fixture.store.write(session -> fixture.store.log().write(session, List.of()));
        fixture.add("b");
        List<ClaimedEvent> stored = fixture.next(9);
        assertThat(recent().following(begin, 9)).hasSize(1);
        assertThat(recent().following(begin.at(stored.get(0).event().id()), 9))
                .as("which is found in the store")
                .isEmpty();
        assertThat(fixture.pending.ownLog().end())
                .isEqualTo(stored.get(1).event().id());
    }

    @Test
    void when_retention_has_taken_all_that_was_decided_what_comes_then_is_judged() {
        for (int round = 0; round < 3; round++) {
            ClaimedEvent event = fixture.claimed("round " + round);
            assertThat(fixture.settle(StoreFixture.decision(event))).isTrue();
            fixture.store.write(
                    session -> session.update("prune-event", event.event().id()));
            if (round == 1) {
                fixture.restart();
                recent().open(true);
            }
        }
    }

    @Test
    void a_duplicate_is_not_in_hand_and_leaves_its_room() {
        fixture.add("a");
        for (int copies = 0; copies < 3_000; copies++) {
            assertThat(fixture.add("a")).isFalse();
        }
        fixture.add("b");
        assertThat(recent().following(fixture.place(), 9)).hasSize(2);
    }

    private OwnLog.Recent recent() {
        return fixture.store.log().recent();
    }

    private List<StoredEvent> stored(Place from) {
        return fixture.pending.after(from, 9).stream().map(ClaimedEvent::event).toList();
    }

    @Test
    void a_look_brings_no_more_into_memory_than_fits_and_leaves_the_rest_to_the_next() {
        byte[] large = new byte[3 << 20];
        for (String key : List.of("a", "b", "c")) {
            WriteStrategy.await(fixture.store.keep(new NewEvent(key, "default", "trace.updated", large)));
        }
        for (String key : List.of("a", "b", "c")) {
            assertThat(fixture.next(10))
                    .extracting(claimed -> claimed.event().key())
                    .containsExactly(key);
        }
    }
}
