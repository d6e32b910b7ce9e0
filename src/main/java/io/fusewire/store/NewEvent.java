package io.fusewire.store;

import java.time.Duration;

/**
 * A new event on its way into the store.
 *
 * @param lease how long it is in flight on this node, which has it in memory; zero where any node may claim it
 */
record NewEvent(String key, String source, String type, byte[] body, Duration lease) {

    /**
     * What became of it. Times are the store's, in milliseconds since 1970.
     *
     * @param id the event's id; 0 when the store holds the key already
     * @param leasedUntil until when the pending event is this node's; 0 where any node may claim it
     */
    record Kept(long id, long receivedAt, long leasedUntil) {
        static final Kept BEFORE = new Kept(0, 0, 0);

        boolean isNew() {
            return id != 0;
        }
    }

    /** @param id its event's id, or null when the store holds the key already */
    Kept kept(Long id, long now) {
        return id == null ? Kept.BEFORE : new Kept(id, now, leasedUntil(now));
    }

    long leasedUntil(long now) {
        return lease.isZero() ? 0 : now + lease.toMillis();
    }
}
