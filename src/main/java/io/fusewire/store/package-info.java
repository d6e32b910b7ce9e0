/**
 * The event log and its queues, in SQL. An event is stored, found new and queued by one commit ({@link
 * io.fusewire.store.Inbox}); its rules run from the {@link io.fusewire.store.PendingEvents}; what they ask for waits in
 * {@link io.fusewire.store.Deliveries} and ends there, or among the {@link io.fusewire.store.DeadLetters}. Statements lie
 * in {@code resources/sql}, one file each.
 */
package io.fusewire.store;
