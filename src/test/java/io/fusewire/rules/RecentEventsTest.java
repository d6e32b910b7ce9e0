package io.fusewire.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.event.Event;
import io.fusewire.store.ClaimedEvent;
import io.fusewire.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private static final Duration LEASE = Duration.ofSeconds(5);

    private final AtomicLong nanos = new AtomicLong();
    private final RecentEvents tray = new RecentEvents(nanos::get);

    @Test
    void nothing_goes_in_until_a_desk_has_seen_that_nothing_older_waits() {
        assertThat(tray.reserve(1)).isZero();
        tray.open(LEASE);
        assertThat(tray.reserve(1)).isEqualTo(LEASE);
    }

    @Test
    void what_was_put_in_comes_out_in_its_order() {
        tray.open(LEASE);
        put(1, 10);
        put(2, 10);
        put(3, 10);
        assertThat(ids(tray.take(2))).containsExactly(1L, 2L);
        assertThat(ids(tray.take(2))).containsExactly(3L);
        assertThat(tray.take(2)).isEmpty();
    }

    @Test
    void when_there_are_too_many_all_that_is_new_waits_in_the_store_until_the_desk_has_emptied_it() {
        tray.open(LEASE);
        for (int id = 1; id <= 2_000; id++) {
            put(id, 1);
        }
        assertThat(tray.reserve(1)).isZero();
        assertThat(tray.take(2_000)).hasSize(2_000);
        assertThat(tray.reserve(1)).as("what found no room is older").isZero();
        assertThat(tray.isOpen()).isFalse();
        tray.open(LEASE);
        assertThat(tray.reserve(1)).isEqualTo(LEASE);
    }

    @Test
    void large_bodies_fill_it_too_and_one_that_is_not_needed_leaves_its_room() {
        tray.open(LEASE);
        assertThat(tray.reserve(3 << 20)).isEqualTo(LEASE);
        tray.cancel(3 << 20);
        assertThat(tray.reserve(3 << 20)).isEqualTo(LEASE);
        assertThat(tray.reserve(3 << 20)).isZero();
    }

    @Test
    void what_has_lain_for_half_of_its_lease_is_left_to_the_store() {
        tray.open(LEASE);
        put(1, 10);
        nanos.addAndGet(LEASE.toNanos() / 2 + 1);
        put(2, 10);
        assertThat(ids(tray.take(10))).containsExactly(2L);
        assertThat(tray.isOpen()).as("the store has something older now").isFalse();
    }

    private void put(long id, int size) {
        assertThat(tray.reserve(size)).isEqualTo(LEASE);
        byte[] body = new byte[size];
        tray.put(
                new ClaimedEvent(new StoredEvent(id, "key", "default", Instant.EPOCH, body), false, 1),
                new Event("key", "default", body, null, Map.of()));
    }

    private static List<Long> ids(List<Placed> placed) {
        return placed.stream().map(one -> one.claimed().event().id()).toList();
    }
}
