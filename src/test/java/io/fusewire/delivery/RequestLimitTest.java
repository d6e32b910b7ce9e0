package io.fusewire.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What ends in time is not cut off, and costs no thread; what does not, is, in a thread of its own. */
class RequestLimitTest {
    private static final int REQUESTS = 200;

    /** On one or two processors, where what is asynchronous has no pool of threads. */
    @Test
    void what_ends_in_time_costs_no_thread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        AtomicInteger cut = new AtomicInteger();
        long before = threads.getTotalStartedThreadCount();
        for (int i = 0; i < REQUESTS; i++) {
            CompletableFuture<Boolean> end = new CompletableFuture<>();
            RequestLimit.cutOff(end, Duration.ofMinutes(1), cut::incrementAndGet);
            end.complete(true);
        }
        assertThat(threads.getTotalStartedThreadCount() - before).isLessThan(REQUESTS / 2);
        assertThat(cut).hasValue(0);
    }

    @Test
    void what_does_not_end_is_cut_off_beside_the_timer_of_all() throws InterruptedException {
        List<String> threads = new ArrayList<>();
        CountDownLatch cut = new CountDownLatch(1);
        RequestLimit.cutOff(new CompletableFuture<>(), Duration.ofMillis(1), () -> {
            threads.add(Thread.currentThread().getName());
            cut.countDown();
        });
        assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(threads).noneMatch(name -> name.contains("DelayScheduler"));
    }
}
