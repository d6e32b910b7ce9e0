package io.fusewire.store;

/**
 * An event in flight on this node until {@code leasedUntil} (milliseconds since 1970, by the store's clock).
 *
 * @param replayed its rules run again because one of them failed before
 */
public record ClaimedEvent(StoredEvent event, boolean replayed, long leasedUntil) {}
