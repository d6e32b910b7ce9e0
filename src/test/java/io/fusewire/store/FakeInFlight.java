package io.fusewire.store;

import io.fusewire.event.Event;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A inFlight that has room when a test says so. */
final class FakeInFlight implements Inbox.InFlight {
    Duration lease = Duration.ZERO;
    int reserved;
    final List<ClaimedEvent> held = new ArrayList<>();

    @Override
    public Duration reserve(int bytes) {
        reserved += lease.isZero() ? 0 : bytes;
        return lease;
    }

    @Override
    public void cancel(int bytes) {
        reserved -= bytes;
    }

    @Override
    public void put(ClaimedEvent claimed, Event event) {
        held.add(claimed);
    }
}
