package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Backlog.Counts;
import io.fusewire.store.Delivery.Settlement;
import io.fusewire.store.IncidentState.IncidentNews;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How much waits, how much of it is not due yet, and since when the oldest does. */
@OnEachDatabase
class BacklogCountsTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @Test
    void an_incident_s_next_message_is_not_due_and_hides_nothing_that_waits() {
        fixture.alarms("a", 1);
        fixture.deliveries.settle(Settlement.told(claim(), IncidentNews.Kind.OPENED, NONE));
        fixture.alarms("a", 1);
        assertThat(counts().later()).isEqualTo(1);
        fixture.clock.forward(MINUTE);
        assertThat(counts().oldest()).as("nothing is due").isZero();
        fixture.queue("own", "slack", "default", "own");
        fixture.clock.forward(MINUTE);
        assertThat(counts().waiting()).containsEntry("slack", 2L);
        assertThat(counts().later()).isEqualTo(1);
        assertThat(counts().oldest()).isBetween(MINUTE, MINUTE.plusSeconds(10));
    }

    @Test
    void what_is_tried_again_later_has_waited_since_its_alert() {
        fixture.queue("own", "slack", "default", "own");
        fixture.deliveries.settle(
                Settlement.later(claim(), "answered 500", Duration.ofHours(1), StoreFixture.PATIENT, NONE));
        fixture.clock.forward(MINUTE);
        assertThat(counts().later()).isEqualTo(1);
        assertThat(counts().oldest()).isBetween(MINUTE, MINUTE.plusSeconds(10));
    }

    private Delivery claim() {
        return fixture.deliveries.claim("slack", true, NONE, StoreFixture.LEASE).orElseThrow();
    }

    private Counts counts() {
        return new Backlog(fixture.store, 1_000).counts();
    }
}
