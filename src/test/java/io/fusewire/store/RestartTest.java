package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Delivery.Settlement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An embedded store after a crash: what its one process had in hand is free, and nothing is forgotten. */
class RestartTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NONE = Duration.ZERO;
    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture(Kind.SQLITE);

    @Test
    void an_event_that_was_not_decided_is_pending() {
        fixture.settle(StoreFixture.decision(fixture.claimed("decided")));
        fixture.claimed("a");
        fixture.restart();
        assertThat(fixture.next(9))
                .singleElement()
                .satisfies(claimed -> assertThat(claimed.event().key()).isEqualTo("a"));
    }

    @Test
    void a_delivery_in_flight_is_due_and_waits_and_holds_go_on() {
        fixture.queue("in flight", "slack", "default", "1");
        fresh(SECOND).orElseThrow();
        fixture.queue("later", "slack", "shop", "2");
        fixture.deliveries.settle(
                Settlement.later(fresh(NONE).orElseThrow(), "answered 500", HOUR, StoreFixture.PATIENT, NONE));
        fixture.queue("held", "slack", "third", "3");
        fixture.deliveries.settle(Settlement.held(fresh(NONE).orElseThrow(), "answered 429", HOUR, NONE));
        fixture.restart();
        assertThat(fresh(SECOND).orElseThrow().event().key()).isEqualTo("in flight");
        assertThat(fixture.deliveries.claim("slack", false, NONE, StoreFixture.LEASE))
                .isEmpty();
        assertThat(fresh(NONE)).isEmpty();
        assertThat(fixture.destinations.held()).hasSize(1);
    }

    @Test
    void a_circuit_stays_open() {
        CircuitPolicy hasty = new CircuitPolicy(1, HOUR, HOUR);
        fixture.queue("a", "slack", "default", "1");
        fixture.queue("b", "slack", "default", "2");
        fixture.deliveries.settle(Settlement.later(fresh(NONE).orElseThrow(), "answered 500", HOUR, hasty, NONE));
        fixture.restart();
        assertThat(fresh(NONE)).isEmpty();
        assertThat(fixture.destinations.held()).singleElement().satisfies(held -> assertThat(held.resting())
                .isTrue());
    }

    private Optional<Delivery> fresh(Duration pace) {
        return fixture.deliveries.claim("slack", true, pace, StoreFixture.LEASE);
    }
}
