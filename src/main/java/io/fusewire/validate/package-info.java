/**
 * Checks at the start ({@link io.fusewire.validate.RouteValidator}, {@link io.fusewire.validate.PropertyValidator}) and while it
 * runs ({@link io.fusewire.health.StoreHealth}). What is wrong is said in a sentence with the word that would be right.
 */
package io.fusewire.validate;
