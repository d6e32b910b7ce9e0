/**
 * Checks at the start ({@link io.fusewire.check.HouseRules}, {@link io.fusewire.check.KnownProperties}) and while it
 * runs ({@link io.fusewire.check.StoreHealth}). What is wrong is said in a sentence with the word that would be right.
 */
package io.fusewire.check;
