package io.fusewire.delivery;

import io.fusewire.message.Alert;

/** Makes a sink's message of an alert. Thread-safe. */
public interface Renderer {

    /**
     * The message as JSON.
     *
     * @param template the template's name, or empty for the one that fits the alert
     */
    String render(String sink, String template, Alert alert);
}
