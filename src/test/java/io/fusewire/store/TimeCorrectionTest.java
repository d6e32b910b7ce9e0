package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Delivery.Settlement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A clock that was ahead and is set right: after a restart nothing waits for the time that it told. */
@OnEachDatabase
class TimeCorrectionTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NONE = Duration.ZERO;

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @Test
    void an_alert_of_the_future_is_due_after_the_wait_that_it_had() {
        fixture.clock.forward(DAY);
        fixture.queue("first", "slack", "default", "1");
        fixture.queue("later", "pagerduty", "default", "2");
        fixture.deliveries.settle(
                Settlement.later(claim("pagerduty", true), "answered 500", HOUR, StoreFixture.PATIENT, NONE));
        fixture.clock.forward(DAY.negated());
        fixture.restart();
        assertThat(claim("slack", true).event().key()).isEqualTo("first");
        assertThat(fixture.deliveries.claim("pagerduty", false, NONE, StoreFixture.LEASE))
                .isEmpty();
        fixture.clock.forward(HOUR.plusMinutes(1));
        assertThat(claim("pagerduty", false).event().key()).isEqualTo("later");
    }

    @Test
    void one_event_of_the_future_keeps_no_older_one_in_the_store() {
        fixture.clock.forward(DAY);
        fixture.settle(List.of(StoreFixture.decision(fixture.claimed("of the future"))));
        fixture.clock.forward(DAY.negated());
        fixture.restart();
        fixture.settle(List.of(StoreFixture.decision(fixture.claimed("of today"))));
        fixture.clock.forward(HOUR.multipliedBy(2));
        assertThat(new Retention(fixture.store, HOUR, null, () -> {}).sweep()).isEqualTo(2);
    }

    @Test
    void a_held_address_and_a_lease_of_a_node_end_as_long_after_the_start_as_they_would_have() {
        fixture.clock.forward(DAY);
        new NodeLeases(fixture.store).take("retention", HOUR);
        fixture.queue("held", "slack", "default", "1");
        fixture.deliveries.settle(Settlement.held(claim("slack", true), "answered 429", HOUR, NONE));
        fixture.clock.forward(DAY.negated());
        fixture.restart();
        assertThat(new NodeLeases(fixture.store).take("retention", HOUR)).isTrue();
        assertThat(fixture.destinations.held()).hasSize(1);
        fixture.clock.forward(HOUR.plusMinutes(1));
        assertThat(fixture.destinations.held()).isEmpty();
    }

    @Test
    void what_waits_by_a_clock_that_was_right_waits_on() {
        fixture.queue("later", "slack", "default", "1");
        fixture.deliveries.settle(
                Settlement.later(claim("slack", true), "answered 500", HOUR, StoreFixture.PATIENT, NONE));
        fixture.restart();
        fixture.clock.forward(HOUR.minusMinutes(5));
        assertThat(fixture.deliveries.claim("slack", false, NONE, StoreFixture.LEASE))
                .isEmpty();
    }

    private Delivery claim(String sink, boolean fresh) {
        return fixture.deliveries.claim(sink, fresh, NONE, StoreFixture.LEASE).orElseThrow();
    }
}
