package io.fusewire.store;

import java.time.Duration;

/**
 * A new event on its way into the store.
 *
 * @param lease how long its place at the desk belongs to this node, which has the event in hand; zero where it waits for
 *     whoever comes
 */
record NewEvent(String key, String source, String type, byte[] body, Duration lease) {

    /** @param id its event's id, or null when the store holds the key already */
    Kept kept(Long id, long now) {
        return id == null ? Kept.BEFORE : new Kept(id, now, leasedUntil(now));
    }

    long leasedUntil(long now) {
        return lease.isZero() ? 0 : now + lease.toMillis();
    }
}
