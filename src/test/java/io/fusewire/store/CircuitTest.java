package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Delivery.Settlement;
import io.fusewire.testing.LogLines;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An address that fails again and again rests, is probed by one delivery, and no other address notices. */
@OnEachDatabase
class CircuitTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration REST = Duration.ofSeconds(30);
    private static final CircuitPolicy CIRCUIT = new CircuitPolicy(3, REST, Duration.ofSeconds(100));

    private static final CircuitPolicy REFUSALS = new CircuitPolicy(3, REST, REST, true);

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @BeforeEach
    void open() {
        for (int i = 0; i < 10; i++) {
            fixture.queue("event-" + i, "slack", "default", "incident-" + i);
        }
    }

    @Test
    void after_so_many_failures_in_a_row_nothing_is_given_out_until_the_rest_is_over() {
        fail(2);
        assertThat(fixture.destinations.held()).isEmpty();
        fail(1);
        assertThat(fresh()).isEmpty();
        assertThat(fixture.destinations.held()).singleElement().satisfies(destination -> {
            assertThat(destination.resting()).isTrue();
            assertThat(destination.reason()).isEqualTo("3 failures in a row, the last: answered 500");
        });
        fixture.clock.forward(REST.plusSeconds(1));
        assertThat(fresh()).isPresent();
    }

    @Test
    void one_delivery_probes_it_and_a_failed_probe_doubles_the_rest_up_to_the_longest() {
        fail(3);
        for (long rest : new long[] {60, 100, 100}) {
            fixture.clock.forward(Duration.ofSeconds(101));
            Delivery probe = fresh().orElseThrow();
            assertThat(fresh()).as("beside the probe").isEmpty();
            later(probe);
            assertThat(Duration.between(
                            fixture.now(), fixture.destinations.held().get(0).until()))
                    .isBetween(Duration.ofSeconds(rest - 2), Duration.ofSeconds(rest));
        }
    }

    @Test
    void a_probe_that_arrives_ends_the_rest_for_all() {
        fail(3);
        fixture.clock.forward(REST.plusSeconds(1));
        fixture.deliveries.settle(Settlement.delivered(fresh().orElseThrow(), NONE));
        assertThat(fixture.destinations.held()).isEmpty();
        assertThat(fresh()).isPresent();
        assertThat(fresh()).as("many at once again").isPresent();
        fail(2);
        assertThat(fresh()).as("the count began anew").isPresent();
    }

    @Test
    void the_log_says_once_that_it_rests_and_once_that_it_does_no_more() {
        try (LogLines log = new LogLines()) {
            Delivery inFlight = fresh().orElseThrow();
            Delivery another = fresh().orElseThrow();
            fail(3);
            later(inFlight);
            fixture.clock.forward(Duration.ofHours(2));
            for (int i = 0; i < 2; i++) {
                fixture.deliveries.settleAndClaim(
                        Settlement.delivered(fresh().orElseThrow(), NONE), "slack", false, NONE, StoreFixture.LEASE);
            }
            fixture.deliveries.settle(Settlement.delivered(another, NONE));
            assertThat(log.text().lines().filter(line -> line.contains("rest")))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .matches(
                                            "Sink slack: its address default rests until 20\\S+Z: 3 failures in a row, the last:"
                                                    + " answered 500"),
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "Sink slack: its address default takes deliveries again, and rests no more."));
        }
    }

    @Test
    void what_waits_while_it_rests_loses_no_attempt() {
        fail(3);
        fixture.clock.forward(REST.plusSeconds(1));
        assertThat(fresh().orElseThrow().attempts()).isZero();
    }

    @Test
    void other_addresses_of_the_sink_go_on() {
        fixture.queue("other", "slack", "shop", "other");
        for (int i = 0; i < 3; i++) {
            Delivery ours = fresh().orElseThrow();
            while (!ours.destination().equals("default")) {
                fixture.deliveries.settle(Settlement.held(ours, "not this one", NONE, NONE));
                ours = fresh().orElseThrow();
            }
            later(ours);
        }
        assertThat(fresh().orElseThrow().event().key()).isEqualTo("other");
    }

    @Test
    void a_hold_that_the_sink_asked_for_is_not_ended_by_a_delivery_that_was_in_flight() {
        Delivery inFlight = fresh().orElseThrow();
        fail(1);
        fixture.deliveries.settle(Settlement.held(fresh().orElseThrow(), "answered 429", REST, NONE));
        fixture.deliveries.settle(Settlement.delivered(inFlight, NONE));
        assertThat(fresh()).isEmpty();
    }

    @Test
    void a_delivery_that_may_itself_be_refused_counts_once_and_different_ones_open_the_circuit() {
        refuse(fresh().orElseThrow());
        for (int again = 0; again < 4; again++) {
            fixture.clock.forward(Duration.ofSeconds(2));
            refuse(again().orElseThrow());
        }
        refuse(fresh().orElseThrow());
        assertThat(fixture.destinations.held()).as("two are refused").isEmpty();
        refuse(fresh().orElseThrow());
        assertThat(fixture.destinations.held()).hasSize(1);
        fixture.clock.forward(REST.plusSeconds(1));
        refuse(fresh().orElseThrow());
        assertThat(fixture.destinations.held()).as("a refused probe").hasSize(1);
    }

    @Test
    void a_delivery_is_refused_alone_when_its_address_took_another_since() {
        Delivery refused = fresh().orElseThrow();
        refuse(refused);
        fixture.clock.forward(Duration.ofSeconds(2));
        refuse(again().orElseThrow());
        fixture.clock.forward(Duration.ofSeconds(2));
        assertThat(isAlone()).as("nothing arrived").isFalse();
        fixture.deliveries.settle(Settlement.delivered(fresh().orElseThrow(), NONE));
        assertThat(isAlone()).isTrue();
    }

    private boolean isAlone() {
        Delivery third = again().orElseThrow();
        boolean alone = fixture.deliveries.isRefusedAlone(third, REFUSALS);
        fixture.deliveries.settle(Settlement.held(third, "not yet", Duration.ZERO, NONE));
        return alone;
    }

    @Test
    void a_first_attempt_probes_an_address_before_what_failed_there() {
        fail(3);
        fixture.clock.forward(Duration.ofHours(2));
        assertThat(again()).isEmpty();
        assertThat(fresh()).isPresent();
    }

    private Optional<Delivery> again() {
        return fixture.deliveries.claim("slack", false, NONE, StoreFixture.LEASE);
    }

    private void refuse(Delivery delivery) {
        fixture.deliveries.settle(Settlement.later(delivery, "answered 403", Duration.ofSeconds(1), REFUSALS, NONE));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            later(fresh().orElseThrow());
        }
    }

    private void later(Delivery delivery) {
        fixture.deliveries.settle(Settlement.later(delivery, "answered 500", Duration.ofHours(1), CIRCUIT, NONE));
    }

    private Optional<Delivery> fresh() {
        return fixture.deliveries.claim("slack", true, NONE, StoreFixture.LEASE);
    }
}
