package io.fusewire.cli;

import io.fusewire.text.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/**
 * A file that somebody named on the command line.
 *
 * @param name the file's, without its folders
 * @param bytes as they are: a signature is over bytes
 */
record EventFile(String name, byte[] bytes) {

    /** Those that a command is called with. */
    static final class Named {
        @Parameters(paramLabel = "FILE", arity = "1..*", description = "An event as Langfuse would post it.")
        private List<Path> files;

        /** Reads all before a command begins, so that a wrong name does nothing. */
        List<EventFile> read() throws CommandException {
            List<EventFile> read = new ArrayList<>();
            for (Path file : files) {
                read.add(EventFile.read(file));
            }
            return read;
        }
    }

    private static EventFile read(Path file) throws CommandException {
        if (Files.isDirectory(file)) {
            throw new CommandException(2, file + " is a folder; name the event files in it.");
        }
        if (!Files.exists(file)) {
            throw new CommandException(2, "There is no file " + file + ".");
        }
        try {
            return new EventFile(
                    file.getFileName().toString(), TextFile.read(file).getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new CommandException(2, e.getMessage());
        } catch (IOException e) {
            throw new CommandException(2, file + " cannot be read; may this user read it?");
        }
    }
}
