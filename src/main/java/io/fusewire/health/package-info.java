/**
 * The health checks of the management port and the reconciliation that housekeeping runs.
 */
package io.fusewire.health;
