/**
 * Files that people write, read in one way: properties, secrets, routes, templates, cases and events. It knows the JDK
 * alone.
 */
package io.fusewire.text;
