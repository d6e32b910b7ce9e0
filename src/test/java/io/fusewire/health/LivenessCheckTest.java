package io.fusewire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.testing.LogLines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.junit.jupiter.api.Test;

/** Liveness is down exactly while a part, or the watch itself, does not turn, and says which and since when. */
class LivenessCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-29T03:00:30.5Z");

    private final AtomicLong nanos = new AtomicLong();
    private Map<String, Duration> rules = Map.of();
    private RuntimeException fault;
    private final LivenessCheck check = new LivenessCheck(
            List.of(
                    () -> {
                        if (fault != null) {
                            throw fault;
                        }
                        return Map.of();
                    },
                    () -> rules),
            () -> NOW,
            nanos::get);

    @Test
    void is_up_while_all_parts_turn_and_is_no_readiness() {
        check.watch();
        assertThat(check.call().getState()).isEqualTo(State.UP);
        assertThat(check.isLiveness()).isTrue();
        assertThat(check.isReadiness()).isFalse();
    }

    @Test
    void is_down_while_a_part_does_not_turn_and_says_which_and_since_when() {
        rules = Map.of("fusewire-events", Duration.ofSeconds(30));
        check.watch();
        HealthCheck.Result down = check.call();
        assertThat(down.getState()).isEqualTo(State.DOWN);
        assertThat(down.getMessage().orElseThrow()).startsWith("fusewire-events");
        assertThat(down.getDetails()).containsEntry("fusewire-events", "has not turned since 2026-11-29T03:00:00Z");
        rules = Map.of();
        check.watch();
        assertThat(check.call().getState()).isEqualTo(State.UP);
    }

    @Test
    void asks_the_others_where_one_part_can_not_be_asked() {
        fault = new IllegalStateException("of the test");
        rules = Map.of("fusewire-events", Duration.ofSeconds(30));
        check.watch();
        assertThat(check.call().getDetails()).containsKey("fusewire-events");
    }

    @Test
    void gives_all_time_to_turn_after_the_whole_process_stood_still() {
        check.watch();
        long pause = Duration.ofSeconds(5).toNanos();
        rules = Map.of("fusewire-events", Duration.ofNanos(pause));
        nanos.addAndGet(pause);
        for (int i = 0; i < 5; i++) {
            check.watch();
            assertThat(check.call().getState()).isEqualTo(State.UP);
            nanos.addAndGet(LivenessCheck.EVERY.toNanos());
        }
        check.watch();
        assertThat(check.call().getDetails()).containsKey("fusewire-events");
    }

    @Test
    void takes_a_long_start_for_no_pause() {
        try (LogLines log = new LogLines()) {
            nanos.addAndGet(Duration.ofSeconds(9).toNanos());
            check.watch();
            assertThat(log.text()).doesNotContain("stood still");
            nanos.addAndGet(Duration.ofSeconds(9).toNanos());
            check.watch();
            assertThat(log.text()).contains("The process stood still for 9 s.");
        }
    }

    @Test
    void gives_no_more_time_where_the_process_stands_still_again_and_again() {
        check.watch();
        long pause = Duration.ofSeconds(5).toNanos();
        rules = Map.of("fusewire-events", Duration.ofNanos(pause));
        nanos.addAndGet(pause);
        check.watch();
        nanos.addAndGet(pause);
        check.watch();
        assertThat(check.call().getDetails()).containsKey("fusewire-events");
    }

    @Test
    void takes_a_watch_that_is_a_little_late_for_no_pause() {
        check.watch();
        rules = Map.of("fusewire-events", Duration.ofSeconds(6));
        nanos.addAndGet(LivenessCheck.EVERY.toNanos() * 2);
        check.watch();
        assertThat(check.call().getDetails()).containsKey("fusewire-events");
    }

    @Test
    void is_down_where_nobody_watches() {
        check.watch();
        nanos.addAndGet(Duration.ofSeconds(21).toNanos());
        assertThat(check.call().getDetails()).containsKey("fusewire-watch");
    }
}
