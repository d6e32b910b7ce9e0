package io.fusewire.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that somebody named. */
final class EventFile {
    private EventFile() {}

    /** Its bytes, as they are: a signature is over bytes. */
    static byte[] read(Path file) throws CommandException {
        if (!Files.exists(file)) {
            throw new CommandException(file + ": there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new CommandException(file + " is a folder; name the event files in it");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read; may this user read it?");
        }
    }
}
