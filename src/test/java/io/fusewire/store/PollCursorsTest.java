package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How far a poll has come, and whose turn it is. */
@OnEachDatabase
class PollCursorsTest {
    private static final Instant ORIGIN = Instant.parse("2026-08-22T08:00:00.123Z");
    private static final Duration LEASE = Duration.ofSeconds(30);

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @Test
    void a_cursor_begins_once_and_then_only_goes_forward() {
        PollCursors cursors = new PollCursors(fixture.store);
        PollCursor begun = cursors.open("shop", "errors", ORIGIN);
        assertThat(begun).isEqualTo(new PollCursor(ORIGIN, ORIGIN, ORIGIN, ORIGIN, Instant.EPOCH));
        PollCursor moved = begun.drained(ORIGIN.plusSeconds(60), ORIGIN.plusSeconds(61))
                .tailed(ORIGIN.plusSeconds(61))
                .swept(ORIGIN.plusSeconds(62));
        cursors.move("shop", "errors", moved);
        cursors.move("shop", "errors", begun.drained(ORIGIN.plusSeconds(30), ORIGIN.plusSeconds(70)));
        assertThat(cursors.open("shop", "errors", ORIGIN.plusSeconds(999))).isEqualTo(moved);
        assertThat(cursors.open("shop", "scores", ORIGIN)).isEqualTo(begun);
    }

    @Test
    void a_turn_is_one_callers_until_it_ends_or_is_given_back() {
        NodeLeases leases = new NodeLeases(fixture.store);
        long first = leases.hold("poll shop", LEASE, 0);
        assertThat(first).isPositive();
        assertThat(leases.hold("poll shop", LEASE, 0)).isZero();
        fixture.clock.forward(Duration.ofSeconds(20));
        long renewed = leases.hold("poll shop", LEASE, first);
        assertThat(renewed).isGreaterThan(first);
        fixture.clock.forward(Duration.ofSeconds(20));
        assertThat(leases.hold("poll shop", LEASE, first)).isZero();
        leases.hold("poll shop", Duration.ZERO, renewed);
        assertThat(leases.hold("poll shop", LEASE, 0)).isPositive();
        fixture.clock.forward(LEASE);
        assertThat(leases.hold("poll shop", LEASE, 0)).isPositive();
    }
}
