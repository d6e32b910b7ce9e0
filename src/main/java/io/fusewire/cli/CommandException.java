package io.fusewire.cli;

/** A command could not be done; the message is a sentence for whoever typed it. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandException(String message) {
        this(message, 1);
    }

    private CommandException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandException calledWrongly(String message) {
        return new CommandException(message, 2);
    }

    int exitCode() {
        return exitCode;
    }
}
