/**
 * What Camel's HTTP parts lack for us: a server that waits for no commit ({@link io.fusewire.http.Door}), a bound on
 * requests that wait ({@link io.fusewire.http.Crowd}), a component for the management port ({@link
 * io.fusewire.http.ManagementHttp}), its token, and a sink's refusal without its URL.
 */
package io.fusewire.http;
