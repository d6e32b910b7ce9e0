package io.fusewire.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that somebody named on the command line.
 *
 * @param name the file's, without its folders
 * @param bytes as they are: a signature is over bytes
 */
record EventFile(String name, byte[] bytes) {

    /** Reads all before a command begins, so that a wrong name does nothing. */
    static List<EventFile> read(List<Path> files) throws CommandException {
        List<EventFile> read = new ArrayList<>();
        for (Path file : files) {
            read.add(read(file));
        }
        return read;
    }

    private static EventFile read(Path file) throws CommandException {
        if (Files.isDirectory(file)) {
            throw CommandException.calledWrongly(file + " is a folder; name the event files in it.");
        }
        if (!Files.exists(file)) {
            throw CommandException.calledWrongly("There is no file " + file + ".");
        }
        try {
            return new EventFile(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw CommandException.calledWrongly(file + " cannot be read; may this user read it?");
        }
    }
}
