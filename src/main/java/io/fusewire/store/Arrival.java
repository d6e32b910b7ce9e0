package io.fusewire.store;

/** A new event on its way into the store. */
record Arrival(String key, String source, String type, byte[] body) {}
