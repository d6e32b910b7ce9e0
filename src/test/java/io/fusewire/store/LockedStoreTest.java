package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.error.StoreUnavailableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another process at the same file: a backup, a command, a curious operator. */
class LockedStoreTest {
    private static final Duration PATIENCE = Duration.ofMillis(400);

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture(Kind.SQLITE, PATIENCE);

    @Test
    void a_locked_database_is_told_within_the_patience_and_promises_nothing() throws Exception {
        try (Connection other = fixture.connect()) {
            other.createStatement().execute("BEGIN IMMEDIATE");
            long before = System.nanoTime();
            for (String key : List.of("a", "b", "c")) {
                assertThatThrownBy(() -> fixture.add(key)).isInstanceOf(StoreUnavailableException.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(PATIENCE.multipliedBy(3).plusSeconds(2));
            other.createStatement().execute("ROLLBACK");
        }
        Awaitility.await().ignoreException(StoreUnavailableException.class).until(() -> fixture.add("d"));
        assertThat(fixture.knows("d")).isTrue();
        assertThat(fixture.add("a")).as("nobody was told that it is kept").isTrue();
    }

    @Test
    void reading_goes_on_while_the_database_is_locked() throws Exception {
        fixture.add("a");
        try (Connection other = fixture.connect()) {
            other.createStatement().execute("BEGIN IMMEDIATE");
            assertThat(fixture.knows("a")).isTrue();
            assertThat(fixture.deadLetters.list(null, null, null)).isEmpty();
            other.createStatement().execute("ROLLBACK");
        }
    }

    @Test
    void a_reader_that_takes_its_time_holds_up_no_write() throws Exception {
        fixture.add("a");
        try (Connection other = fixture.connect()) {
            other.setAutoCommit(false);
            try (ResultSet rows = other.createStatement().executeQuery("SELECT key FROM event")) {
                assertThat(rows.next()).isTrue();
                assertThat(fixture.add("b")).isTrue();
            }
            other.rollback();
        }
    }

    @Test
    void another_process_can_write_between_two_writes() throws Exception {
        fixture.add("a");
        try (Connection other = fixture.connect()) {
            other.createStatement().executeUpdate("DELETE FROM event");
        }
        assertThat(fixture.next(1)).isEmpty();
        assertThat(fixture.add("b")).isTrue();
    }

    @Test
    void a_store_that_is_slow_is_told_within_the_patience_and_takes_events_again_when_it_is_free() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        Thread slow = new Thread(() -> fixture.store.write(session -> {
            await(free);
            return null;
        }));
        slow.setUncaughtExceptionHandler((thread, tooLate) -> {});
        slow.start();
        slow.join();
        assertThatThrownBy(() -> fixture.add("a"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("did not commit within PT0.4S");
        free.countDown();
        assertThat(fixture.add("b")).isTrue();
        assertThat(fixture.add("a"))
                .as("what nobody waited for was left out, so this copy is the first")
                .isTrue();
    }

    private static void await(CountDownLatch free) {
        try {
            free.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
