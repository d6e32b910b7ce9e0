/**
 * The Camel component {@code fusewire}: the store's queues and what a route may say about them. {@code
 * fusewire:events} hands each stored event to the rules; {@code fusewire:alert/<rule>} addresses an alert to sinks;
 * {@code fusewire:deliveries} empties one sink's queue; {@code fusewire:try-later}, {@code fusewire:hold} and {@code
 * fusewire:dead-letter} say what becomes of a delivery that failed. A delivery that just ends well is delivered.
 * The hallway says {@code fusewire:keep}, the door {@code fusewire:answer}, the metrics' sink {@code fusewire:count} and {@code fusewire:record}.
 */
package io.fusewire.component;
