package io.fusewire.alert;

/** A template did not make a message. The message names the file and the fault. */
public final class TemplateFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateFailed(String file, String fault) {
        super("template " + file + ": " + fault);
    }
}
