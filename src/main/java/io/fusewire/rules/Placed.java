package io.fusewire.rules;

import io.fusewire.event.Event;
import io.fusewire.store.ClaimedEvent;

/**
 * A pending event that is this node's.
 *
 * @param event what is to be decided, where this node has just read it; null where it came from the store
 */
record Placed(ClaimedEvent claimed, Event event) {}
