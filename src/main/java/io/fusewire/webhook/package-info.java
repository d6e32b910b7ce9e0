/**
 * What Camel's HTTP parts lack for us: a server that waits for no commit ({@link io.fusewire.webhook.EventLoopEngine}), a bound on
 * requests that wait ({@link io.fusewire.webhook.InFlightLimit}), a component for the management port ({@link
 * io.fusewire.webhook.ManagementHttp}), its token, and a sink's refusal without its URL.
 */
package io.fusewire.webhook;
