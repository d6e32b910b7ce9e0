package io.fusewire.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every property of ours that application.properties lists is read by a route or in Java. Camel reads its own. */
class ReadPropertiesTest {
    private static final Pattern LISTED = Pattern.compile("(?m)^#?((?:fusewire|sinks|rules|langfuse)\\.\\S+) =");
    private static final Path MAIN = Path.of("src/main");

    static List<String> names() throws IOException {
        return LISTED.matcher(Files.readString(Path.of("application.properties")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_property_that_is_listed_is_read(String name) throws IOException {
        List<String> routes = texts(".yaml");
        String java = String.join("", texts(".java"));
        String last = name.substring(name.lastIndexOf('.') + 1);
        boolean byRoute = new PropertyValidator("", routes, any -> "")
                        .faults(List.of(name))
                        .isEmpty()
                && !name.startsWith("langfuse.");
        boolean ofPolls = name.startsWith("fusewire.poll.") && polls().contains('"' + last + '"');
        boolean ofOne = java.contains(
                "\"" + name.replace("<name>", "\" + source + \"").replace("<rule>", "\" + rule + \"") + '"');
        assertThat(byRoute || ofPolls || ofOne || java.contains('"' + name + '"'))
                .isTrue();
    }

    private static String polls() throws IOException {
        return Files.readString(MAIN.resolve("java/io/fusewire/config/PollConfig.java"));
    }

    private static List<String> texts(String ending) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(MAIN)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(ending)).toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }
}
