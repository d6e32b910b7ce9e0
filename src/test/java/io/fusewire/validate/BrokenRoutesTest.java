package io.fusewire.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.cli.CheckCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file of broken-routes is refused by {@code check}, with the sentence that its first line promises. */
class BrokenRoutesTest {
    private static final Path BROKEN = Path.of("src/test/resources/broken-routes");

    @TempDir
    Path folder;

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(BROKEN)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_broken_route_is_refused_with_its_sentence(Path file) throws Exception {
        String name = file.getFileName().toString();
        Path place = folder.resolve(place(name));
        Files.createDirectories(place.getParent());
        Files.copy(file, place);
        String printed = check(1);
        String promised =
                Files.readAllLines(file).get(0).replaceFirst("^\\W+", "").replace(" -->", "");
        assertThat(printed).contains(promised.replace("FOLDER", folder.toString()));
    }

    @Test
    void there_are_thirty_at_least_and_what_is_built_in_is_none_of_them() throws Exception {
        assertThat(files()).hasSizeGreaterThan(30);
        assertThat(check(0)).matches("All \\d+ cases hold\\.\n");
    }

    private static String place(String name) {
        if (name.endsWith(".properties")) {
            return "application.properties";
        }
        if (name.endsWith(".jq")) {
            return "templates/slack/any.jq";
        }
        if (name.matches("(rule|filter|step|metric|bean-that)-.*")) {
            return "routes/rules/own.camel.yaml";
        }
        return name.endsWith(".rules.yaml") ? "rules/" + name.replace(".rules", "") : "routes/" + name;
    }

    private String check(int exit) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(CheckCommand.run(folder, 0, new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .as(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo(exit);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
