/**
 * Stored events meet the rules. {@code fusewire:events} hands each event to the rules' route, {@code fusewire:alert/<rule>}
 * notes what fires, one commit decides a batch; {@link io.fusewire.rules.Explainer} tells what the rules would make of an
 * event that nobody stored.
 */
package io.fusewire.rules;
