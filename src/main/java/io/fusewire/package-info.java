/**
 * Fusewire, an event gateway for Langfuse.
 *
 * <p>In the order that an event walks it: a request enters by {@link io.fusewire.webhook} or {@link io.fusewire.poll},
 * {@link io.fusewire.signature} proves who sent it, {@link io.fusewire.event} reads it into labels, and it is stored once in
 * {@link io.fusewire.store}. {@link io.fusewire.rules} judge it, {@link io.fusewire.message} makes messages of its alerts,
 * and {@link io.fusewire.delivery} empties each sink's queue. {@link io.fusewire.component} gives Camel the words, {@link
 * io.fusewire.config} and {@link io.fusewire.validate} guard the start, {@link io.fusewire.runtime} assembles, {@link
 * io.fusewire.cli} and {@link io.fusewire.embed} are the ways in for people and hosts. Data flows one way; replaying a dead
 * letter is the only arrow back.
 *
 * <p>This package is what others call: the program's {@link io.fusewire.Main}, and {@link io.fusewire.Fusewire} for hosts.
 */
package io.fusewire;
