package io.fusewire.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.event.Event;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private static final Duration LEASE = Duration.ofSeconds(5);

    private final AtomicLong nanos = new AtomicLong();
    private final RecentEvents recent = new RecentEvents(nanos::get);

    @Test
    void nothing_goes_in_until_a_worker_has_seen_that_nothing_older_waits() {
        assertThat(recent.reserve(1)).isZero();
        recent.open(LEASE);
        assertThat(recent.reserve(1)).isEqualTo(LEASE);
    }

    @Test
    void what_was_put_in_comes_out_in_its_order() {
        recent.open(LEASE);
        put(1, 10);
        put(2, 10);
        put(3, 10);
        assertThat(ids(recent.take(2))).containsExactly(1L, 2L);
        assertThat(ids(recent.take(2))).containsExactly(3L);
        assertThat(recent.take(2)).isEmpty();
    }

    @Test
    void when_there_are_too_many_all_that_is_new_waits_in_the_store_until_the_worker_has_emptied_it() {
        recent.open(LEASE);
        for (int id = 1; id <= 2_000; id++) {
            put(id, 1);
        }
        assertThat(recent.reserve(1)).isZero();
        assertThat(recent.take(2_000)).hasSize(2_000);
        assertThat(recent.reserve(1)).as("what found no room is older").isZero();
        assertThat(recent.isOpen()).isFalse();
        recent.open(LEASE);
        assertThat(recent.reserve(1)).isEqualTo(LEASE);
    }

    @Test
    void large_bodies_fill_it_too_and_one_that_is_not_needed_leaves_its_room() {
        recent.open(LEASE);
        assertThat(recent.reserve(9 << 20)).isEqualTo(LEASE);
        recent.cancel(9 << 20);
        assertThat(recent.reserve(9 << 20)).isEqualTo(LEASE);
        assertThat(recent.reserve(9 << 20)).isZero();
    }

    @Test
    void what_has_lain_for_half_of_its_lease_is_left_to_the_store() {
        recent.open(LEASE);
        put(1, 10);
        nanos.addAndGet(LEASE.toNanos() / 2 + 1);
        put(2, 10);
        assertThat(ids(recent.take(10))).containsExactly(2L);
        assertThat(recent.isOpen()).as("the store has something older now").isFalse();
    }

    private void put(long id, int size) {
        assertThat(recent.reserve(size)).isEqualTo(LEASE);
        byte[] body = new byte[size];
        recent.put(
                new ClaimedEvent(new StoredEvent(id, "key", "default", Instant.EPOCH, body), false, 1),
                new Event("key", "default", body, null, Map.of()));
    }

    private static List<Long> ids(List<RecentEvents.Pending> pending) {
        return pending.stream().map(one -> one.claimed().event().id()).toList();
    }
}
