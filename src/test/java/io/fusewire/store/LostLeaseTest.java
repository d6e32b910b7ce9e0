package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A lease that was lost is lost with its lane. */
@ParameterizedClass
@EnumSource
class LostLeaseTest {
    @Parameter
    Kind kind;

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Test
    void who_lost_the_lease_does_not_free_the_lane_of_who_has_it() {
        try (StoreFixture shelf = new StoreFixture(kind, folder)) {
            shelf.queue("a", "slack", "default", "1");
            shelf.queue("b", "slack", "default", "2");
            Delivery slow = shelf.deliveries
                    .claim("slack", true, SECOND, StoreFixture.LEASE)
                    .orElseThrow();
            shelf.clock.forward(StoreFixture.LEASE.plusSeconds(1));
            Delivery taken = shelf.deliveries
                    .claim("slack", true, SECOND, StoreFixture.LEASE)
                    .orElseThrow();
            assertThat(taken.id()).isEqualTo(slow.id());
            shelf.deliveries.delivered(slow, SECOND);
            shelf.clock.forward(Duration.ofSeconds(2));
            assertThat(shelf.deliveries.claim("slack", true, SECOND, StoreFixture.LEASE))
                    .isEmpty();
        }
    }
}
