/**
 * An alert leaves. {@code fusewire:deliveries/<sink>} empties a sink's durable queue, {@code fusewire:render} makes the
 * message, {@code fusewire:resolve-address} and {@code fusewire:sign} bring in the secret, and {@code fusewire:try-later}, {@code
 * fusewire:pause-destination} and {@code fusewire:dead-letter} say what becomes of a delivery that failed. One that just ends well is
 * delivered. {@code fusewire:slack-request/<call>} and {@code fusewire:slack-response/<call>} are a call of Slack's Web API,
 * {@code fusewire:mail/<step>} a mail. {@code fusewire:in-process/<sink>} is a sink without a queue.
 */
package io.fusewire.delivery;
