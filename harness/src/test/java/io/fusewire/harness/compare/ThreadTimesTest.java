package io.fusewire.harness.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.harness.Waiting;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadTimesTest {
    private static final double SOME = 0.1;

    private volatile boolean enough;

    @Test
    void what_a_thread_takes_is_told_under_what_it_is_for() throws Exception {
        List<Long> here = List.of(ProcessHandle.current().pid());
        Thread writer = new Thread(
                () -> {
                    while (!enough) {
                        Thread.onSpinWait();
                    }
                },
                "fusewire-store");
        ThreadTimes before = ThreadTimes.of(here);
        writer.start();
        try {
            Waiting.until(
                    "the thread has taken its time",
                    30,
                    () -> ThreadTimes.of(here).since(before).getOrDefault("the store's writer", 0.0) >= SOME);
        } finally {
            enough = true;
        }
    }

    @Test
    void a_name_is_of_the_group_that_it_begins_with() {
        assertThat(List.of("vert.x-eventloo", "C2 CompilerThre", "GC Thread#1", "postgres", "main"))
                .map(ThreadTimes::group)
                .containsExactly("event loops", "JIT", "GC", "the database", "others");
    }
}
