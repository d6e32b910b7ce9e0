package io.fusewire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One line a minute at most for each cause, and nothing that is counted is left out. */
class ThrottledLogTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final List<String> lines = new ArrayList<>();
    private final ThrottledLog log = new ThrottledLog(lines::add, nanos::get);

    @Test
    void a_cause_is_told_at_once_and_then_once_a_minute_with_its_count() {
        log.count("Refused", 1);
        log.tell();
        assertThat(lines).containsExactly("Refused.");
        for (int second = 0; second < 59; second++) {
            log.count("Refused", 2);
            forward(1);
        }
        assertThat(lines).hasSize(1);
        forward(1);
        assertThat(lines).containsExactly("Refused.", "Refused (118 times in the last 60 s).");
        forward(600);
        assertThat(lines).as("nothing happened").hasSize(2);
    }

    @Test
    void one_that_was_quiet_for_a_minute_is_told_at_once_again() {
        log.count("Refused", 1);
        log.tell();
        forward(60);
        log.count("Refused", 1);
        forward(1);
        assertThat(lines).containsExactly("Refused.", "Refused.");
    }

    @Test
    void each_cause_has_its_minute() {
        log.count("Refused", 1);
        log.tell();
        forward(30);
        log.count("Held", 3);
        log.tell();
        assertThat(lines).containsExactly("Refused.", "Held (3 times).");
    }

    @Test
    void ever_new_causes_share_a_line_and_need_no_more_memory() {
        for (int i = 0; i < 1_000; i++) {
            log.count("Cause " + i, 1);
        }
        log.tell();
        assertThat(lines).hasSize(201).contains("Cause 0.", "Other causes (800 times).");
        forward(61);
        log.count("Cause 999", 1);
        log.tell();
        assertThat(lines).last().isEqualTo("Cause 999.");
    }

    private void forward(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
        log.tell();
    }
}
