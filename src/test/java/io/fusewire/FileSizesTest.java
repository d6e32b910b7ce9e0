package io.fusewire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file is read in one sitting, and the root holds what everybody needs first. */
class FileSizesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/fusewire");

    @Test
    void no_file_is_over_250_lines_and_three_at_most_are_over_200() throws IOException {
        assertThat(longerThan(250)).isEmpty();
        assertThat(longerThan(200)).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void the_root_holds_five_classes_at_most() throws IOException {
        try (Stream<Path> root = Files.list(SOURCES)) {
            assertThat(root.filter(Files::isRegularFile).filter(file -> !file.endsWith("package-info.java")))
                    .hasSizeLessThanOrEqualTo(5);
        }
    }

    private static List<Path> longerThan(int lines) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> lines(file) > lines)
                    .toList();
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
