package io.fusewire.store;

/**
 * What became of an arrival. Times are the store's, in milliseconds since 1970.
 *
 * @param id its event's id; 0 when the store holds the key already
 * @param leasedUntil until when its place at the desk is this node's; 0 where it waits for whoever comes
 */
record Kept(long id, long receivedAt, long leasedUntil) {
    static final Kept BEFORE = new Kept(0, 0, 0);

    boolean isNew() {
        return id != 0;
    }
}
