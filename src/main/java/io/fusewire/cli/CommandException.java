package io.fusewire.cli;

/** A command could not be done; the message is a sentence for whoever typed it. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}
