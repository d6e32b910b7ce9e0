/**
 * A request's way in. {@link io.fusewire.webhook.RouterEngine} serves the webhook's routes on the HTTP server's event
 * loops, {@link io.fusewire.webhook.BoundedHttp} and {@link io.fusewire.webhook.RequestGate} refuse what is too much
 * before a body is read, {@link io.fusewire.webhook.ReadinessProbe} answers load balancers, {@link
 * io.fusewire.webhook.VerifySignature} proves who sent it, {@link io.fusewire.webhook.VerifySignature.ReadEvent} makes an event of it, {@link
 * io.fusewire.webhook.AsyncIdempotentConsumer} stores it once, and {@code fusewire:respond/<status>} answers.
 */
package io.fusewire.webhook;
