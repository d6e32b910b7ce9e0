package io.fusewire.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The events of {@code examples/events}. */
public final class ExampleEvents {
    private static final Path FOLDER = Path.of("examples", "events");
    private static final String ENDING = ".json";

    private ExampleEvents() {}

    /** The names of all, in order. */
    public static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(ENDING, ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes of all, in that order. */
    public static Stream<byte[]> bodies() {
        return names().stream().map(name -> text(name).getBytes(StandardCharsets.UTF_8));
    }

    public static Path file(String name) {
        return FOLDER.resolve(name + ENDING);
    }

    public static String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
