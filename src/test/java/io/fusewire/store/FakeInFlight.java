package io.fusewire.store;

import io.fusewire.event.Event;
import io.fusewire.store.Inbox.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/** Memory that has room when a test says so. */
final class FakeInFlight implements Inbox.InFlight {
    /** An event, and what it says of its log. */
    record Held(StoredEvent event, long log, long before) {}

    boolean open;
    int reserved;
    final List<Held> held = new ArrayList<>();

    @Override
    public boolean reserve(int bytes) {
        reserved += open ? bytes : 0;
        return open;
    }

    @Override
    public void cancel(int bytes) {
        reserved -= bytes;
    }

    @Override
    public void put(StoredEvent stored, Event event, long log, long before) {
        held.add(new Held(stored, log, before));
    }
}
