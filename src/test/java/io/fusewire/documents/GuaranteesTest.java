package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/guarantees.md names as proof exists, and the harness's README lists what the harness has. */
class GuaranteesTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");
    private static final Pattern SHOWN_BY = Pattern.compile("\\*\\*Shown by\\*\\*.*|`self-check`.*");
    private static final Pattern SCENARIO = Pattern.compile("`([a-z]+(?:-[a-z]+)*)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");
    private static final Pattern NAMED = Pattern.compile("new Scenario\\(\\s*\"([a-z-]+)\"");

    @Test
    void every_test_and_every_scenario_that_a_guarantee_names_exists() throws IOException {
        String guarantees = Files.readString(Path.of("docs/guarantees.md"));
        assertThat(testClasses()).containsAll(found(TEST, guarantees));
        Set<String> named = new TreeSet<>();
        found(SHOWN_BY, guarantees, 0).forEach(line -> named.addAll(found(SCENARIO, line)));
        named.remove("reconcile");
        assertThat(scenarios()).containsAll(named);
    }

    @Test
    void the_harness_lists_its_scenarios() throws IOException {
        assertThat(found(ROW, Files.readString(Path.of("harness/README.md")))).isEqualTo(scenarios());
    }

    private static Set<String> scenarios() throws IOException {
        return found(NAMED, Files.readString(Path.of("harness/src/main/java/io/fusewire/harness/Scenarios.java")));
    }

    private static Set<String> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return found(pattern, text, 1);
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
