/** The meters that Java code moves, and the bound on label values. What events say is counted by the metrics sink. */
package io.fusewire.metrics;
