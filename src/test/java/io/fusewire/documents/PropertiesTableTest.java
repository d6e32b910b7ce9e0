package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of properties in docs/operating.md and application.properties say the same. */
class PropertiesTableTest {
    private static final Pattern LINE = Pattern.compile("(?m)^#?([a-z][\\w.<>-]*\\.[\\w.<>-]+) =[ \\t]*(.*)$");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z][\\w.<>-]*\\.[\\w.<>-]+)` \\| (?:`(.*?)`|–) \\|");

    @Test
    void every_property_stands_in_the_table_with_its_default_and_no_other_does() throws IOException {
        assertThat(pairs("docs/operating.md", ROW)).isEqualTo(pairs("application.properties", LINE));
    }

    private static Map<String, String> pairs(String file, Pattern pattern) throws IOException {
        Map<String, String> pairs = new TreeMap<>();
        Matcher matcher = pattern.matcher(Files.readString(Path.of(file)));
        while (matcher.find()) {
            pairs.put(
                    matcher.group(1),
                    matcher.group(2) == null ? "" : matcher.group(2).strip());
        }
        assertThat(pairs).hasSizeGreaterThan(30);
        return pairs;
    }
}
