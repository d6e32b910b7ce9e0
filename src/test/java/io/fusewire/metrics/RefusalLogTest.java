package io.fusewire.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.signature.SignatureVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every word under which a refusal is counted has a sentence in the log, and a place in the documentation. */
class RefusalLogTest {
    private static final Path SOURCES = Path.of("src/main/java/io/fusewire/webhook");
    private static final Path ROUTES = Path.of("src/main/resources/routes/webhook.camel.yaml");

    @Test
    void every_outcome_but_the_two_that_are_none_is_told() throws IOException {
        Set<String> outcomes = new TreeSet<>(found(Files.readString(ROUTES), "outcome: (\\w+)"));
        outcomes.removeAll(Set.of("accepted", "duplicate"));
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                String source = Files.readString(file, UTF_8);
                outcomes.addAll(found(source, "refuse\\([^\"]*, \"(\\w+)\""));
                outcomes.addAll(found(source, "refused[.]accept\\(\"(\\w+)\"\\)"));
            }
        }
        Arrays.stream(SignatureVerifier.Verdict.values())
                .filter(verdict -> verdict != SignatureVerifier.Verdict.VALID)
                .forEach(verdict -> outcomes.add(verdict.name().toLowerCase(Locale.ROOT)));
        assertThat(outcomes)
                .contains("starting", "too_large", "not_allowed", "mismatch", "unknown_source", "line_too_long");
        assertThat(outcomes)
                .allSatisfy(outcome ->
                        assertThat(RefusalLog.cause(outcome)).as(outcome).isNotBlank());
        String documented = Files.readString(Path.of("docs/operating.md"));
        String section = documented.substring(documented.indexOf("\n### What is refused\n"));
        assertThat(section.substring(0, section.indexOf("\n## ")).lines().filter(line -> line.startsWith("| `")))
                .containsExactlyInAnyOrderElementsOf(outcomes.stream()
                        .map(outcome -> "| `" + outcome + "` | " + RefusalLog.cause(outcome) + " |")
                        .toList());
        assertThat(section)
                .contains("\nA webhook was refused, source default, mismatch: " + RefusalLog.cause("mismatch") + " (");
        assertThat(RefusalLog.cause("accepted")).isNull();
        assertThat(RefusalLog.cause("duplicate")).isNull();
    }

    private static Set<String> found(String text, String pattern) {
        Set<String> words = new TreeSet<>();
        Pattern.compile(pattern).matcher(text).results().forEach(each -> words.add(each.group(1)));
        return words;
    }
}
