/**
 * Fusewire, an event gateway for Langfuse.
 *
 * <p>The house, in the order that an event walks it: a door ({@code routes/webhook}) takes a request, {@link
 * io.fusewire.signature} proves who sent it, {@link io.fusewire.event} reads it into labels, and the hallway ({@code
 * routes/accept}) keeps it once, in {@link io.fusewire.store}. The desk ({@code routes/rules}) addresses alerts, {@link
 * io.fusewire.alert} turns them into messages, and each room ({@code routes/sinks}) empties its own queue through
 * {@link io.fusewire.queue}. Data flows one way; replaying a dead letter is the only arrow back.
 *
 * <p>This package puts the parts together and knows them all; none of them knows it.
 */
package io.fusewire;
