package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.error.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An event is new once, and stored when its sender is told so. */
@OnEachDatabase
class InboxTest {
    private static final int THREADS = 64;

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture(Duration.ofSeconds(30));

    @Test
    void an_event_is_new_once_and_is_pending_once() {
        assertThat(fixture.add("a")).isTrue();
        assertThat(fixture.add("a")).isFalse();
        assertThat(fixture.knows("a")).isTrue();
        assertThat(fixture.knows("b")).isFalse();
        assertThat(fixture.next(9)).hasSize(1);
    }

    @Test
    void a_key_is_another_event_at_another_source_in_one_batch_too() throws Exception {
        List<Boolean> answers = together(thread -> fixture.add("17", thread % 2 == 0 ? "a" : "b"));
        assertThat(answers.stream().filter(isNew -> isNew)).hasSize(2);
        assertThat(fixture.rows("SELECT source FROM event ORDER BY source")).containsExactly("a", "b");
        assertThat(fixture.inbox.find("a", "17")).isPresent();
        assertThat(fixture.inbox.find("c", "17")).isEmpty();
        assertThat(fixture.inbox.find(null, "17")).isPresent();
        assertThat(new EventHistory(fixture.store).find("17|nobody")).isEmpty();
    }

    @Test
    void what_only_unicode_normalisation_makes_alike_stays_apart() {
        String composed = "\u00e9";
        String decomposed = "e\u0301";
        assertThat(fixture.add(composed)).isTrue();
        assertThat(fixture.add(decomposed)).isTrue();
        assertThat(fixture.add("17", composed)).isTrue();
        assertThat(fixture.add("17", decomposed)).isTrue();
        assertThat(fixture.add(composed)).isFalse();
        assertThat(fixture.add("17", decomposed)).isFalse();
    }

    @Test
    void of_64_threads_with_the_same_events_one_each_is_told_that_its_event_is_new() throws Exception {
        List<Boolean> answers = together(thread -> {
            boolean anyNew = false;
            for (int i = 0; i < 20; i++) {
                anyNew |= fixture.add("own-" + thread + "-" + i);
            }
            assertThat(anyNew).isTrue();
            return fixture.add("shared");
        });
        assertThat(answers).hasSize(THREADS).containsOnlyOnce(true);
        assertThat(fixture.rows("SELECT count(*) FROM event")).containsExactly(String.valueOf(THREADS * 20 + 1));
    }

    @Test
    void a_write_that_fails_takes_no_other_with_it() throws Exception {
        List<Boolean> answers = together(thread -> {
            if (thread % 4 == 0) {
                assertThatExceptionOfType(StoreUnavailableException.class)
                        .isThrownBy(() -> fixture.store.write(session -> {
                            session.update("node-lease-insert", "of this write");
                            throw new SQLException("of this write alone");
                        }));
                return false;
            }
            return fixture.add("event-" + thread);
        });
        assertThat(answers.stream().filter(isNew -> isNew)).hasSize(THREADS - THREADS / 4);
        assertThat(fixture.rows("SELECT name FROM node_lease"))
                .as("what a failed write did before it failed")
                .isEmpty();
        assertThat(fixture.rows("SELECT count(*) FROM event")).containsExactly("48");
    }

    @Test
    void a_write_that_throws_something_unchecked_stops_nothing() {
        assertThatThrownBy(() -> fixture.store.write(session -> {
                    throw new IllegalStateException("a fault of ours");
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(fixture.add("next")).isTrue();
    }

    @Test
    void what_was_answered_is_there_after_a_close_and_after_it_nothing_is_taken() {
        fixture.add("a");
        fixture.store.close();
        assertThatThrownBy(() -> fixture.add("b"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasRootCauseMessage("the store is closed");
        fixture.restart();
        assertThat(fixture.add("a")).isFalse();
        assertThat(fixture.add("b")).isTrue();
    }

    @Test
    void every_write_gets_an_answer_while_the_store_is_closed() throws Exception {
        List<String> kept = new ArrayList<>();
        long before = System.nanoTime();
        together(thread -> {
            if (thread == THREADS / 2) {
                fixture.store.close();
                return true;
            }
            try {
                fixture.add("event-" + thread);
                synchronized (kept) {
                    kept.add("event-" + thread);
                }
                return true;
            } catch (StoreUnavailableException e) {
                return false;
            }
        });
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        fixture.restart();
        assertThat(kept).allMatch(fixture::knows);
    }

    private interface Work {
        boolean by(int thread) throws Exception;
    }

    private static List<Boolean> together(Work work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                Callable<Boolean> task = () -> {
                    start.await();
                    return work.by(thread);
                };
                running.add(threads.submit(task));
            }
            start.countDown();
            List<Boolean> answers = new ArrayList<>();
            for (Future<Boolean> answer : running) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
