/**
 * Every exception that a route file may name in {@code onException} or {@code doCatch}, and so part of what users rely on.
 */
package io.fusewire.error;
