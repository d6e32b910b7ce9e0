/**
 * What Langfuse says happened. Two families of bodies, Langfuse's own and the seed envelope of bridges, become one
 * {@link io.fusewire.event.Event} with the same labels and a key that tells it apart; the body itself stays as it came.
 * Only {@link io.fusewire.webhook.VerifySignature.ReadEvent} knows Camel.
 */
package io.fusewire.event;
