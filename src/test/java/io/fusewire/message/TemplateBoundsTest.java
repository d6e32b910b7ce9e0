package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a run of a template costs, whatever the machine does meanwhile. */
class TemplateBoundsTest {
    private static final long ENOUGH_NANOS = 200_000_000;

    @Test
    void the_time_in_which_its_thread_stands_still_is_none_of_a_run_s() {
        TemplateBounds run = TemplateBounds.begin("any.jq");
        long began = System.nanoTime();
        CompletableFuture.runAsync(() -> work(began)).join();
        assertThat(run.spent()).isLessThan(ENOUGH_NANOS / 2);
    }

    private static void work(long began) {
        while (System.nanoTime() - began < ENOUGH_NANOS) {
            Thread.onSpinWait();
        }
    }
}
