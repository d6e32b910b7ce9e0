package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Delivery.Settlement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A lease that was lost is lost with its destination. */
@OnEachDatabase
class LostLeaseTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @Test
    void who_lost_the_lease_does_not_free_the_destination_of_who_has_it() {
        fixture.queue("a", "slack", "default", "1");
        fixture.queue("b", "slack", "default", "2");
        Delivery slow = fixture.deliveries
                .claim("slack", true, SECOND, StoreFixture.LEASE)
                .orElseThrow();
        fixture.clock.forward(StoreFixture.LEASE.plusSeconds(1));
        Delivery taken = fixture.deliveries
                .claim("slack", true, SECOND, StoreFixture.LEASE)
                .orElseThrow();
        assertThat(taken.id()).isEqualTo(slow.id());
        fixture.deliveries.settle(Settlement.delivered(slow, SECOND));
        fixture.clock.forward(Duration.ofSeconds(2));
        assertThat(fixture.deliveries.claim("slack", true, SECOND, StoreFixture.LEASE))
                .isEmpty();
    }
}
