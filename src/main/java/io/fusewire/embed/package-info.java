/**
 * What a host's Camel context needs of us: the same routes, properties before or behind the host's,
 * meters within the host's, and an HTTP server where the host has none. Nothing of the host's
 * is replaced.
 */
package io.fusewire.embed;
