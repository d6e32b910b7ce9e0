package io.fusewire.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.component.Workers.Signal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker turns until it is stopped, whatever its turn throws; one that hangs is replaced. */
class WorkersTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Signal signal = new Signal();
    private final Workers workers = new Workers(camel, signal);
    private final AtomicInteger turns = new AtomicInteger();

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void stop() {
        workers.stop();
        camel.stop();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                IllegalStateException.class,
                StackOverflowError.class,
                AssertionError.class,
                InterruptedException.class,
                ThreadDeath.class
            })
    void goes_on_after(Class<? extends Throwable> thrown) {
        workers.add(this, "test", SOON, LONG, signal, () -> {
            if (turns.incrementAndGet() == 1) {
                throw WorkersTest.<RuntimeException>any(
                        thrown.getDeclaredConstructor().newInstance());
            }
            return false;
        });
        await().until(() -> turns.get() > 2);
        assertThat(workers.supervise()).isEmpty();
    }

    @Test
    void whoever_wakes_workers_waits_for_nobody_who_holds_the_signal() throws InterruptedException {
        workers.add(this, "test", LONG, LONG, signal, () -> turns.incrementAndGet() < 0);
        await().until(() -> turns.get() == 1);
        synchronized (signal) {
            Thread other = new Thread(signal::raise);
            other.start();
            other.join(LONG.toMillis());
            assertThat(other.isAlive()).isFalse();
            await().until(() -> turns.get() == 2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_turn_begins_without_the_interrupt_that_the_last_one_left(boolean thrown) {
        AtomicInteger interrupted = new AtomicInteger();
        workers.add(this, "test", SOON, LONG, signal, () -> {
            interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
            Thread.currentThread().interrupt();
            if (turns.incrementAndGet() == 1 && thrown) {
                throw new IllegalStateException("interrupted while waiting for a commit");
            }
            return true;
        });
        await().until(() -> turns.get() > 2);
        assertThat(interrupted).hasValue(0);
    }

    @Test
    void a_rest_is_one_though_the_thread_is_interrupted() {
        AtomicReference<Duration> rest = new AtomicReference<>();
        workers.add(this, "test", SOON, LONG, signal, () -> {
            Thread.currentThread().interrupt();
            long before = System.nanoTime();
            workers.rest();
            rest.set(Duration.ofNanos(System.nanoTime() - before));
            return false;
        });
        await().until(() -> rest.get() != null);
        assertThat(rest.get()).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void goes_on_after_an_interrupt_that_no_stop_sent() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        workers.add(this, "test", SOON, LONG, signal, () -> {
            thread.set(Thread.currentThread());
            turns.incrementAndGet();
            return false;
        });
        await().until(() -> thread.get() != null);
        thread.get().interrupt();
        int before = turns.get();
        await().until(() -> turns.get() > before + 2);
    }

    @Test
    void hands_an_error_of_the_virtual_machine_to_the_handler_of_uncaught_ones_and_goes_on() {
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        Error lack = new OutOfMemoryError("of the test");
        workers.add(this, "test", SOON, LONG, signal, () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> uncaught.set(error));
            if (turns.incrementAndGet() == 1) {
                throw new IllegalStateException("wraps it", lack);
            }
            return false;
        });
        await().until(() -> turns.get() > 2);
        assertThat(uncaught.get()).isSameAs(lack);
    }

    @Test
    void another_thread_takes_over_from_one_that_hangs_which_is_told_and_takes_no_further_turn() {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger hung = new AtomicInteger();
        AtomicReference<Boolean> runningAfter = new AtomicReference<>();
        AtomicReference<Thread> first = new AtomicReference<>();
        Workers.Turn turn = new Workers.Turn() {
            @Override
            public boolean take() {
                if (turns.incrementAndGet() == 1) {
                    first.set(Thread.currentThread());
                    uninterruptibly(released);
                    runningAfter.set(workers.running());
                }
                assertThat(turns.get() == 1 || Thread.currentThread() != first.get())
                        .isTrue();
                return false;
            }

            @Override
            public void hung() {
                hung.incrementAndGet();
            }
        };
        workers.add(this, "test", SOON, Duration.ZERO, signal, turn);
        await().until(() -> turns.get() == 1);
        assertThat(workers.supervise()).isEmpty();
        await().until(() -> turns.get() > 2);
        released.countDown();
        await().until(() -> runningAfter.get() != null);
        assertThat(hung).hasValueGreaterThanOrEqualTo(1);
        assertThat(runningAfter.get()).isFalse();
    }

    @Test
    void says_so_where_too_many_hang_for_another_to_take_over() {
        CountDownLatch released = new CountDownLatch(1);
        workers.add(this, "test", SOON, Duration.ZERO, signal, () -> {
            turns.incrementAndGet();
            uninterruptibly(released);
            return false;
        });
        for (int i = 1; i <= 4; i++) {
            int nth = i;
            await().until(() -> turns.get() == nth);
            assertThat(workers.supervise()).hasSize(nth == 4 ? 1 : 0);
        }
        released.countDown();
    }

    private static void uninterruptibly(CountDownLatch released) {
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException e) {
                // As a regular expression does, which hears of no interrupt.
                continue;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T any(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
