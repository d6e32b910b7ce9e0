package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Store.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The store's clock while the machine's is put right, little by little or by a leap. */
class SteadyClockTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final AtomicReference<Instant> wall = new AtomicReference<>(NOON);
    private final AtomicLong nanos = new AtomicLong(-5);
    private final SteadyClock clock = new SteadyClock(wall::get, nanos::get);

    @Test
    void the_clock_runs_with_the_machines() {
        pass(Duration.ofHours(3), Duration.ofHours(3));
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(3)));
    }

    @Test
    void a_leap_in_either_direction_is_none() {
        pass(Duration.ofSeconds(10), Duration.ofMinutes(-2));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));
        pass(Duration.ofSeconds(10), Duration.ofMinutes(10));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(20));
    }

    @Test
    void the_clock_follows_a_small_correction_forward_at_once() {
        pass(Duration.ofSeconds(10), Duration.ofSeconds(12));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(12));
    }

    @Test
    void the_clock_never_goes_back_and_waits_at_half_speed_for_a_clock_that_was_put_back_a_little() {
        pass(Duration.ofSeconds(10), Duration.ofSeconds(8));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(8));
        pass(Duration.ofSeconds(1), Duration.ofSeconds(-2));
        Instant before = clock.instant();
        assertThat(before).isAfterOrEqualTo(NOON.plusSeconds(8));
        pass(Duration.ofSeconds(20), Duration.ofSeconds(20));
        assertThat(clock.instant()).isEqualTo(wall.get());
    }

    private void pass(Duration time, Duration shown) {
        nanos.addAndGet(time.toNanos());
        wall.updateAndGet(now -> now.plus(shown));
    }
}
