package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.testing.CodeBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/embedding.md shows stands in the hosts of examples/, which are built and run. */
class EmbeddingDocumentTest {
    @ParameterizedTest
    @ValueSource(strings = {"xml", "java", "properties", "yaml"})
    void every_fence_is_part_of_an_example(String language) throws IOException {
        String examples;
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            examples = files.filter(file -> file.toString().endsWith("." + language))
                    .filter(file -> !file.toString().contains("/target/"))
                    .map(EmbeddingDocumentTest::text)
                    .collect(Collectors.joining());
        }
        assertThat(CodeBlocks.of("docs/embedding.md", language)).isNotEmpty().allSatisfy(fence -> assertThat(examples)
                .contains(fence));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
