/**
 * The client of Langfuse's API: what to ask it next, how to read what it answers, and how long to leave it alone.
 * {@link io.fusewire.poll.client.Poll} is the whole of it to others. It knows no Camel; routes ask, and bring the answers.
 */
package io.fusewire.poll.client;
