/**
 * What a sink is told. An {@link io.fusewire.alert.Alert} is put into the sink's template (jq, in {@code templates/}
 * in the jar or in the config folder); every text of the event is escaped before the template sees it, and the result is
 * cut to the sink's published limits. A sink's {@code prelude.jq} stands before each of its templates.
 */
package io.fusewire.alert;
