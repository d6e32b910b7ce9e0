package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Delivery.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** After an outage: fresh alerts pass the backlog, and the backlog does not starve. */
@OnEachDatabase
class BacklogOrderTest {
    private static final Duration NONE = Duration.ZERO;

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @BeforeEach
    void open() {
        queue("failed");
        fixture.deliveries.settle(Settlement.later(
                claim(true).orElseThrow(), "answered 500", Duration.ofMinutes(4), StoreFixture.PATIENT, NONE));
        queue("old-1", "old-2");
        fixture.clock.forward(Duration.ofMinutes(5));
        queue("young-1", "young-2");
    }

    @Test
    void first_attempts_take_the_young_ones_first_and_then_the_old() {
        assertThat(all(true)).containsExactly("young-1", "young-2", "old-1", "old-2");
    }

    @Test
    void redeliveries_take_old_first_attempts_too_by_age_and_leave_the_young() {
        assertThat(all(false)).containsExactly("old-1", "old-2", "failed");
    }

    private void queue(String... keys) {
        for (String key : keys) {
            fixture.queue(key, "slack", "default", key);
        }
    }

    private List<String> all(boolean fresh) {
        List<String> keys = new ArrayList<>();
        for (Optional<Delivery> next = claim(fresh); next.isPresent(); next = claim(fresh)) {
            keys.add(next.get().event().key());
        }
        return keys;
    }

    private Optional<Delivery> claim(boolean fresh) {
        return fixture.deliveries.claim("slack", fresh, NONE, StoreFixture.LEASE);
    }
}
