/**
 * What assembles the parts and runs them as a program: {@link io.fusewire.runtime.Assembly} puts the parts into a Camel
 * context, {@link io.fusewire.runtime.LoadedRoutes} the route files, {@link io.fusewire.runtime.StandaloneGateway} is that context under Camel Main, {@link
 * io.fusewire.runtime.DryRun} one that takes nothing in, {@link io.fusewire.runtime.LiveReload} the dev profile's watch on
 * the config folder.
 */
package io.fusewire.runtime;
