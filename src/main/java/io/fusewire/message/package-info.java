/**
 * What an alert is in a sink: a message.
 *
 * <p>An {@link io.fusewire.message.Alert} becomes a message in three steps. The {@link
 * io.fusewire.message.MessageFormat} of the sink makes every text of the event harmless to it, {@link
 * io.fusewire.message.Templates} runs the jq template that fits, and the format cuts what comes out to what the sink
 * takes. Escaping comes first, so that no template can forget it; cutting comes last, so that no template need count.
 *
 * <p>Templates are data, in {@code templates/<sink>/}: {@code <rule>.jq}, else {@code <family>.jq} (the event's type up
 * to its first dot), else {@code any.jq}; a sink without any of them has {@code templates/any.jq}. A file of that name in
 * an outside folder wins. {@code prelude.jq} holds functions and is put before each template, and then a folder's own
 * {@code prelude.jq} before those of that sink; jq modules are off, and so is the environment. A template sees {@code
 * {event, labels, rule, severity, resolve, incident, source, received, links: {view?, data?}}}, where {@code incident} is
 * what {@link io.fusewire.message.Incident} says and the words for it, and gives one JSON object, in the sink's own words.
 * Links are percent-encoded but not escaped: in a Slack button they stand as they are, in a Slack text write {@code
 * gsub("&"; "&amp;")} first.
 *
 * <p>The package knows nothing of routes, queues or credentials.
 */
package io.fusewire.message;
