package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING's words: where the field has a word, no metaphor stands in a file or in its name. */
class WordsTest {
    private static final Set<String> THAT_NAME_THEM =
            Set.of("WordsTest.java", "RenamedWords.java", "property-of-an-older-version.properties");
    private static final List<String> OURS = List.of(
            "src",
            "docs",
            "examples",
            "harness/src",
            "harness/load",
            "harness/README.md",
            "application.properties",
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "Makefile",
            "pom.xml");
    private static final Pattern TEXT = Pattern.compile(".*[.](java|yaml|sql|jq|md|properties|json|xml)|Makefile");
    private static final Pattern METAPHOR = Pattern.compile(
            "(?<![a-zA-Z])(?i:desks?|trays?|lanes?|crowds?|shelf|shelves|chores?|books|looks|ground)(?![a-zA-Z])"
                    + "|(?<![Dd]ead.)\\bLetters\\b"
                    // A Kubernetes probe has a failureThreshold.
                    + "|\\b(?!failureThreshold)\\w+(Desk|Tray|Lane|Crowd|Threshold|Ground|Chores|Shelf|Looks)\\b"
                    + "|\\w*(?i:door|hallway)\\w*");

    @Test
    void no_metaphor_stands_where_the_field_has_a_word() throws IOException {
        try (Stream<Path> files = OURS.stream().flatMap(WordsTest::below)) {
            assertThat(files.flatMap(WordsTest::metaphors)).isEmpty();
        }
    }

    private static Stream<Path> below(String place) {
        try {
            return Files.walk(Path.of(place))
                    .filter(file -> TEXT.matcher(file.getFileName().toString()).matches())
                    .filter(file -> !file.toString().contains("/target/")
                            && !THAT_NAME_THEM.contains(file.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> metaphors(Path file) {
        try {
            return METAPHOR.matcher(file + "\n" + Files.readString(file))
                    .results()
                    .map(found -> file + ": " + found.group());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
