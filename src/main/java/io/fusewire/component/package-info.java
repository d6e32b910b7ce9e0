/**
 * The Camel component {@code fusewire}: its words, its consumers' workers, and what a route's model says in its scheme
 * ({@link io.fusewire.component.RouteModel}).
 */
package io.fusewire.component;
