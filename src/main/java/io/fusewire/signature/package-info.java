/**
 * Proof of who sent a webhook. {@link io.fusewire.signature.SignatureVerifier} judges the {@code x-langfuse-signature}
 * header over the raw bytes of the body, before anything is parsed; {@link io.fusewire.signature.Signature} makes the
 * same header, for sending samples and for tests. Two schemes, told apart by the header's shape: Langfuse's own, which
 * carries its time, and plain hex, which does not. The core knows the JDK and nothing else.
 */
package io.fusewire.signature;
