/**
 * What the tests and the harness have of Langfuse: its read API, as far as a poll needs it. It knows nothing of
 * Fusewire.
 */
package io.fusewire.fakes;
