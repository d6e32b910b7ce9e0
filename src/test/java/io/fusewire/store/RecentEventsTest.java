package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.event.Event;
import io.fusewire.store.Inbox.NewEvent.Kept;
import io.fusewire.store.OwnLog.Place;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a gateway has just stored waits in its memory, in the order of its log, as far as there is room. */
class RecentEventsTest {
    private static final Place START = new Place(7, 1, 10);
    private static final Event EVENT = new Event("key", "default", new byte[1], null, Map.of());

    private final OwnLog.Recent recent = new OwnLog.Recent();

    @Test
    void nothing_goes_in_until_the_rules_take_events() {
        assertThat(recent.reserve(1)).isFalse();
        recent.open(true);
        assertThat(recent.reserve(1)).isTrue();
        recent.open(false);
        assertThat(recent.reserve(1)).isFalse();
    }

    @Test
    void what_was_put_in_comes_out_in_its_order() {
        recent.open(true);
        put(11, 10);
        put(14, 11);
        put(15, 14);
        assertThat(ids(recent.following(START, 2))).containsExactly(11L, 14L);
        assertThat(ids(recent.following(START.at(14), 2))).containsExactly(15L);
        assertThat(recent.following(START.at(15), 2)).isEmpty();
    }

    @Test
    void nothing_comes_out_behind_a_gap_until_the_rules_have_come_to_it() {
        recent.open(true);
        put(11, 10);
        put(13, 12);
        put(14, -1);
        assertThat(ids(recent.following(START, 9))).containsExactly(11L);
        assertThat(recent.following(START.at(11), 9)).isEmpty();
        assertThat(ids(recent.following(START.at(12), 9))).containsExactly(13L);
        assertThat(recent.following(START.at(13), 9))
                .as("nobody knows what is before")
                .isEmpty();
        assertThat(recent.following(START.at(14), 9))
                .as("it was found in the store")
                .isEmpty();
        put(15, 14);
        assertThat(ids(recent.following(START.at(14), 9))).containsExactly(15L);
    }

    @Test
    void what_is_of_a_log_that_this_node_has_lost_is_left_to_others() {
        recent.open(true);
        put(11, 10);
        recent.put(EVENT, new Kept(20, true, 0, 8, 0));
        assertThat(ids(recent.following(new Place(8, 1, 0), 9))).containsExactly(20L);
    }

    @Test
    void there_is_room_for_two_thousand_and_again_when_they_are_taken() {
        recent.open(true);
        for (int id = 1; id <= 2_000; id++) {
            put(10 + id, 9 + id);
        }
        assertThat(recent.reserve(1)).isFalse();
        assertThat(recent.following(START, 2_000)).hasSize(2_000);
        assertThat(recent.reserve(1)).isTrue();
    }

    @Test
    void large_bodies_fill_it_too_and_one_that_is_not_needed_leaves_its_room() {
        recent.open(true);
        assertThat(recent.reserve(9 << 20)).isTrue();
        recent.cancel(9 << 20);
        assertThat(recent.reserve(9 << 20)).isTrue();
        assertThat(recent.reserve(9 << 20)).isFalse();
    }

    private void put(long id, long before) {
        assertThat(recent.reserve(1)).isTrue();
        recent.put(EVENT, new Kept(id, true, 0, 7, before));
    }

    private static List<Long> ids(List<ClaimedEvent> events) {
        return events.stream().map(claimed -> claimed.event().id()).toList();
    }
}
