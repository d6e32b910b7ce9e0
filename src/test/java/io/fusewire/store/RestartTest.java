package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedded store after a crash: what its one process had in hand is free, and nothing is forgotten. */
class RestartTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NONE = Duration.ZERO;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final CircuitPolicy PATIENT = new CircuitPolicy(5, Duration.ofSeconds(30), Duration.ofMinutes(5));

    @TempDir
    Path folder;

    private StoreFixture shelf;

    @BeforeEach
    void open() {
        shelf = new StoreFixture(Kind.SQLITE, folder);
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    @Test
    void an_event_that_was_claimed_is_on_the_desk() {
        shelf.add("a");
        shelf.desk.claim(1, StoreFixture.LEASE);
        restart();
        assertThat(shelf.desk.claim(1, StoreFixture.LEASE))
                .singleElement()
                .satisfies(claimed -> assertThat(claimed.event().key()).isEqualTo("a"));
    }

    @Test
    void a_delivery_in_flight_is_due_and_waits_and_holds_go_on() {
        shelf.queue("in flight", "slack", "default", "1");
        fresh(SECOND).orElseThrow();
        shelf.queue("later", "slack", "shop", "2");
        shelf.deliveries.later(fresh(NONE).orElseThrow(), "answered 500", HOUR, PATIENT, NONE);
        shelf.queue("held", "slack", "third", "3");
        shelf.deliveries.hold(fresh(NONE).orElseThrow(), "answered 429", HOUR, NONE);
        restart();
        assertThat(fresh(SECOND).orElseThrow().event().key()).isEqualTo("in flight");
        assertThat(shelf.deliveries.claim("slack", false, NONE, StoreFixture.LEASE))
                .isEmpty();
        assertThat(fresh(NONE)).isEmpty();
        assertThat(shelf.lanes.held()).hasSize(1);
    }

    @Test
    void a_circuit_stays_open() {
        CircuitPolicy hasty = new CircuitPolicy(1, HOUR, HOUR);
        shelf.queue("a", "slack", "default", "1");
        shelf.queue("b", "slack", "default", "2");
        shelf.deliveries.later(fresh(NONE).orElseThrow(), "answered 500", HOUR, hasty, NONE);
        restart();
        assertThat(fresh(NONE)).isEmpty();
        assertThat(shelf.lanes.held()).singleElement().satisfies(held -> assertThat(held.resting())
                .isTrue());
    }

    private Optional<Delivery> fresh(Duration pace) {
        return shelf.deliveries.claim("slack", true, pace, StoreFixture.LEASE);
    }

    private void restart() {
        shelf.close();
        shelf = new StoreFixture(Kind.SQLITE, folder);
    }
}
