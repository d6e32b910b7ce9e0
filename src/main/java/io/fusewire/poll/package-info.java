/**
 * The poll's side of Camel: {@code fusewire:polls} puts one request after the other, {@code fusewire:poll-request} sends it on its
 * way, {@code fusewire:poll-response} hands back what came. What to ask and what an answer means is {@link
 * io.fusewire.poll.client}'s.
 */
package io.fusewire.poll;
