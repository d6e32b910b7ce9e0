package io.fusewire.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Our sentences and a validator find fault with the same files. */
class SchemaValidatorTest {
    private static final String ROUTE =
            """
            - route:
                id: own
                OPTION
                from:
                  uri: timer:own
                  steps:
                    - setBody:
                        id: own-body
                        STEP
            """;

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            return files
                    .filter(file -> file.toString().endsWith(".camel.yaml")
                            && !file.toString().contains("target"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void nothing_is_wrong_with_the_examples(Path file) throws IOException {
        assertThat(faults(Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.fusewire.validate.RouteFileValidatorTest#routeFiles")
    void nothing_is_wrong_with_what_is_built_in(Path file) throws IOException {
        assertThat(faults(Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "autoStartup: 'no' | constant: x | route own: 'no' is no value for autoStartup; it is to be true or false, without quotes.",
                "startupOrder: '5' | constant: x | route own: '5' is no value for startupOrder; it is to be a number, without quotes.",
                "shutdownRoute: Never | constant: x | route own: there is no shutdownRoute 'Never'; there are Default, Defer.",
                "autostart: true | constant: x | route own: there is no 'autostart' in route; did you mean 'autoStartup'?",
                "note: x | constant: 5 | step own-body: 'constant' is to be a text; put 5 into quotes.",
                "note: x | constant: [x] | step own-body: 'constant' is a list; it is to be a map.",
                "note: x | simple: {expression: x, trim: 'no'} | step own-body: 'no' is no value for trim; it is to be true or false, without quotes.",
                "note: x | disabled: | step own-body: 'disabled' is empty; it is to be true or false."
            })
    void what_a_validator_refuses_is_refused_with_a_sentence(String option, String step, String sentence)
            throws IOException {
        String text = ROUTE.replace("OPTION", option).replace("STEP", step);
        assertThat(faults(text)).containsExactly("own.camel.yaml: " + sentence);
        assertThat(RouteFileValidatorTest.CAMEL_YAML.validate(new ObjectMapper(new YAMLFactory()).readTree(text)))
                .isNotEmpty();
    }

    @Test
    void a_placeholder_may_stand_for_any_value() {
        assertThat(faults(ROUTE.replace("OPTION", "autoStartup: '{{own.on:true}}'")
                        .replace("STEP", "constant: x")))
                .isEmpty();
    }

    private static List<String> faults(String text) {
        return SchemaValidator.faults(Map.of("own.camel.yaml", text));
    }
}
