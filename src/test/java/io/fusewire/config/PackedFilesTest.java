package io.fusewire.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the jar holds lies where no pattern of a host's finds it. */
class PackedFilesTest {

    @Test
    void the_root_has_folders_of_ours_alone() throws Exception {
        assertThat(names("")).containsExactlyInAnyOrder("META-INF", "fusewire", "io");
    }

    @Test
    void the_folder_has_all_that_stands_in_the_sources_and_the_list_of_properties() throws Exception {
        assertThat(names("fusewire"))
                .contains("routes", "kamelets", "templates", "rules", "sql", "logback.xml", "application.properties")
                .doesNotContain("META-INF");
    }

    private static Stream<String> names(String folder) throws Exception {
        Path classes = Path.of(RouteFiles.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return list(classes.resolve(folder));
    }

    private static Stream<String> list(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
