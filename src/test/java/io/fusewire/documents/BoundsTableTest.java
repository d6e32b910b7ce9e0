package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of bounds in SECURITY.md: what sets a bound is a property that there is, and what reaches it is a test. */
class BoundsTableTest {
    private static final Pattern SECTION = Pattern.compile("(?s)\n## Bounds\n(.*?)\n## ");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+) \\| (.+) \\| (.+) \\| (.+) \\|$");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final int HEAD = 1;

    /** A bound: the cells of its row. */
    private record Bound(String what, String most, String setBy, String reachedBy) {}

    @Test
    void what_sets_a_bound_is_a_documented_property_unless_it_is_fixed_or_an_option_of_a_step() throws IOException {
        String operating = Files.readString(Path.of("docs/operating.md"));
        assertThat(bounds()).allSatisfy(bound -> {
            List<String> properties = quoted(bound.setBy);
            assertThat(properties.isEmpty())
                    .isEqualTo(Set.of("fixed", "an option").contains(bound.setBy));
            assertThat(properties).allSatisfy(property -> assertThat(operating).contains("\n| `" + property + "` |"));
        });
    }

    @Test
    void each_bound_is_reached_by_a_test_that_exists() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<String> tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
            String scenarios = Files.readString(Path.of("harness/README.md"));
            assertThat(bounds()).allSatisfy(bound -> assertThat(quoted(bound.reachedBy))
                    .isNotEmpty()
                    .allMatch(test -> tests.contains(test) || scenarios.contains("\n| `" + test + "` |")));
        }
    }

    private static List<Bound> bounds() throws IOException {
        String section = SECTION.matcher(Files.readString(Path.of("SECURITY.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        List<Bound> bounds = ROW.matcher(section)
                .results()
                .skip(HEAD)
                .map(row -> new Bound(row.group(1), row.group(2), row.group(3), row.group(4)))
                .toList();
        assertThat(bounds).hasSizeGreaterThan(15);
        return bounds;
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(one -> one.group(1)).toList();
    }
}
