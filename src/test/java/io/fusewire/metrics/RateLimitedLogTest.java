package io.fusewire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final List<String> told = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 30 * SECOND);
    private final RateLimitedLog log = new RateLimitedLog(told::add, now::get);

    @Test
    void the_first_of_a_kind_is_told_at_once_and_further_ones_with_their_count_a_minute_later() {
        log.add("refused, mismatch");
        assertThat(told).containsExactly("refused, mismatch.");
        for (int i = 0; i < 56; i++) {
            now.addAndGet(SECOND);
            log.add("refused, mismatch");
            log.flush();
        }
        assertThat(told).hasSize(1);
        now.addAndGet(4 * SECOND);
        log.flush();
        assertThat(told).containsExactly("refused, mismatch.", "refused, mismatch (56 times within a minute).");
        now.addAndGet(600 * SECOND);
        log.flush();
        assertThat(told).as("of nothing nothing is told").hasSize(2);
        log.add("refused, mismatch");
        assertThat(told).hasSize(3).last().isEqualTo("refused, mismatch.");
    }

    @Test
    void each_kind_has_a_minute_of_its_own() {
        log.add("a");
        now.addAndGet(59 * SECOND);
        log.add("b");
        log.add("a");
        assertThat(told).containsExactly("a.", "b.");
        now.addAndGet(SECOND);
        log.add("a");
        log.add("b");
        log.flush();
        assertThat(told).containsExactly("a.", "b.", "a (2 times within a minute).");
    }

    @Test
    void kinds_without_end_take_a_bounded_number_of_lines_and_none_is_lost() {
        for (int i = 0; i < 10_000; i++) {
            log.add("kind " + i);
        }
        assertThat(told).hasSize(501).last().isEqualTo("And more, of too many kinds to tell.");
        now.addAndGet(60 * SECOND);
        log.flush();
        assertThat(told)
                .hasSize(502)
                .last()
                .isEqualTo("And more, of too many kinds to tell (9499 times within a minute).");
    }

    @Test
    void what_many_threads_count_is_told_whole() throws InterruptedException {
        log.add("a");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 8_000; i++) {
            threads.execute(() -> log.add("a"));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        now.addAndGet(60 * SECOND);
        log.flush();
        assertThat(told).containsExactly("a.", "a (8000 times within a minute).");
    }
}
