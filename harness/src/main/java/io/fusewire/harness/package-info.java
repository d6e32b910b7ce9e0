/**
 * Breaks the real gateway under load and compares what was sent with what arrived.
 *
 * <p>A {@link io.fusewire.harness.Scenario} is played on a {@link io.fusewire.harness.ScenarioContext}: {@link
 * io.fusewire.harness.Gateways} are real processes of the jar, {@link io.fusewire.harness.FakeSinks} stand for Slack and
 * PagerDuty and check what they are sent, a {@link io.fusewire.harness.Sender} posts an {@link
 * io.fusewire.harness.EventMix} and notes every answer. {@link io.fusewire.harness.Verdict} compares the histories. Nothing
 * of the product is imported: the harness knows it by HTTP, its properties and its command line.
 */
package io.fusewire.harness;
