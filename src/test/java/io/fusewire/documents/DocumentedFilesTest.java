package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents name as a file of the project is one, and the architecture names every decision. */
class DocumentedFilesTest {
    private static final List<Path> ROOTS = Stream.of(
                    "",
                    "src/main/java/io/fusewire",
                    "src/main/resources",
                    "src/main/resources/sql/sqlite",
                    "src/test/java/io/fusewire",
                    "examples/jms-bridge/src/test/java")
            .map(Path::of)
            .toList();
    private static final Pattern FILE = Pattern.compile("`([\\w./-]+[.](?:java|yaml|jq|sql|properties))`");
    private static final Pattern TEST = Pattern.compile("`(\\w+/\\w+(?:Test|IT))`");

    @ParameterizedTest
    @ValueSource(
            strings = {"README.md", "SECURITY.md", "docs/architecture.md", "docs/embedding.md", "docs/operating.md"})
    void every_file_that_a_document_names_is_there(String document) throws IOException {
        String text = Files.readString(Path.of(document));
        assertThat(Stream.concat(named(FILE, text), named(TEST, text).map(test -> test + ".java")))
                .allMatch(file -> ROOTS.stream().anyMatch(root -> Files.exists(root.resolve(file))));
    }

    @Test
    void the_architecture_lists_every_decision_by_its_title() throws IOException {
        try (Stream<Path> decisions = Files.list(Path.of("docs/decisions"));
                Stream<String> lines = Files.lines(Path.of("docs/architecture.md"))) {
            assertThat(lines.filter(line -> line.matches("- \\[.*]\\(decisions/.*")))
                    .containsExactlyElementsOf(
                            decisions.sorted().map(DocumentedFilesTest::listed).toList());
        }
    }

    private static String listed(Path decision) {
        try (Stream<String> lines = Files.lines(decision)) {
            String title = lines.findFirst().orElseThrow().substring("# ".length());
            return "- [" + title + "](decisions/" + decision.getFileName() + ")";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> named(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
    }
}
