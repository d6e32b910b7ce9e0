/**
 * Measures the gateway beside other designs, in one run on one machine.
 *
 * <p>A {@link io.fusewire.harness.compare.SystemUnderTest} takes the same signed events in, in processes of its own:
 * the product on SQLite and on PostgreSQL, a bare server as the ceiling, and what a user might build instead ({@code
 * harness/peers}). {@link io.fusewire.harness.compare.LoadGenerator} is wrk; {@link
 * io.fusewire.harness.compare.SustainedRate} finds the rate that the rules keep up with; {@link
 * io.fusewire.harness.compare.Figures} keeps each round's figures, so that ratios are taken within a round.
 */
package io.fusewire.harness.compare;
