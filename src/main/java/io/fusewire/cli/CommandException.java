package io.fusewire.cli;

/** A command could not be done; the message is a sentence for whoever typed it. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    final int exitCode;

    CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }
}
