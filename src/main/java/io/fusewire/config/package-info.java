/**
 * What is set and where it is found: properties from files, the environment and {@code -D}, typed and named in every
 * complaint ({@link io.fusewire.config.Settings}); secrets, which are also what is taken out of texts ({@link
 * io.fusewire.config.Secrets}); and the route files that are in force ({@link io.fusewire.config.RouteFiles}).
 */
package io.fusewire.config;
