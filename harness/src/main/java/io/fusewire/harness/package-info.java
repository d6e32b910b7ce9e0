/**
 * Breaks the real gateway under load and compares what was sent with what arrived.
 *
 * <p>{@link io.fusewire.harness.Main} reads the command line, and {@link io.fusewire.harness.ScenarioRunner} runs each
 * {@link io.fusewire.harness.Scenario} in a {@link io.fusewire.harness.ScenarioContext} of its own. {@link
 * io.fusewire.harness.GatewayProcess} is the real jar in a process, {@link io.fusewire.harness.FakeSinks} stand for
 * Slack and PagerDuty and check what they are sent, a {@link io.fusewire.harness.Sender} posts an {@link
 * io.fusewire.harness.EventMix}. All of them write a {@link io.fusewire.harness.History}, from which {@link
 * io.fusewire.harness.Verdict} tells what was lost, doubled or out of order. The faults are in {@link
 * io.fusewire.harness.ProcessFaults}, {@link io.fusewire.harness.DatabaseFaults}, {@link io.fusewire.harness.HostFaults}, {@link io.fusewire.harness.PeerFaults},
 * {@link io.fusewire.harness.PollFaults}, {@link io.fusewire.harness.HostileFaults} and {@link
 * io.fusewire.harness.StormFaults}; {@link io.fusewire.harness.Scenarios} lists them. Nothing of the product
 * is imported: the harness knows it by HTTP, its properties and its command line.
 */
package io.fusewire.harness;
