package io.fusewire.error;

/**
 * A template could not be found, read or run, or gave something other than one JSON object. The message names the
 * template's file and the reason; it holds nothing of the event, and there is no cause that would.
 */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TemplateException(String template, String reason) {
        super("The template " + template + " " + reason);
    }
}
