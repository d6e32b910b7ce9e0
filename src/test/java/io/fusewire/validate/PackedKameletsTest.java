package io.fusewire.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What apache/camel-kamelets' own validator asks of a Kamelet, but for the provider, which there must be Apache. */
class PackedKameletsTest {
    private static final String ENDING = ".kamelet.yaml";
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{\\??([A-Za-z0-9._-]+)(?::[^}]*)?}}");
    private static final Pattern DEPENDENCY = Pattern.compile("camel:[a-z0-9-]+|mvn:[^:]+:[^:]+:([^:]+)");

    static Stream<Path> kamelets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/kamelets"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void its_name_title_and_template_say_its_type(Path file) throws IOException {
        JsonNode kamelet = read(file);
        String name = kamelet.at("/metadata/name").asText();
        String type =
                kamelet.at("/metadata/labels/camel.apache.org~1kamelet.type").asText();
        assertThat(file.getFileName()).hasToString(name + ENDING);
        assertThat(type).isIn("source", "sink", "action");
        assertThat(name).endsWith("-" + type);
        assertThat(kamelet.at("/spec/definition/title").asText())
                .endsWith(" " + type.substring(0, 1).toUpperCase() + type.substring(1));
        assertThat(kamelet.at("/spec/template").toString())
                .contains(type.equals("source") ? "kamelet:sink" : "kamelet:source");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void its_parameters_are_described_declared_and_used(Path file) throws IOException {
        JsonNode definition = read(file).at("/spec/definition");
        assertThat(definition.path("type").asText()).isEqualTo("object");
        assertThat(definition.path("description").asText()).isNotBlank();
        Set<String> declared = new TreeSet<>();
        definition.path("properties").properties().forEach(property -> {
            declared.add(property.getKey());
            JsonNode says = property.getValue();
            assertThat(says.path("type").asText()).as(property.getKey()).isNotBlank();
            assertThat(says.path("description").asText()).as(property.getKey()).isNotBlank();
            assertThat(says.path("title").asText())
                    .as(property.getKey())
                    .matches("[A-Z]\\S*( [A-Z]\\S*)*")
                    .doesNotMatch("(The|A|An) .*");
            assertThat(says.path("format").asText().equals("password"))
                    .as(property.getKey())
                    .isEqualTo(says.path("x-descriptors").toString().contains("urn:camel:group:credentials"));
        });
        List<String> required = texts(definition.path("required"));
        assertThat(required).doesNotHaveDuplicates().isSubsetOf(declared);
        Set<String> used = new TreeSet<>();
        Matcher parameter = PARAMETER.matcher(read(file).at("/spec/template").toString());
        while (parameter.find()) {
            used.add(parameter.group(1));
        }
        assertThat(used).isEqualTo(declared);
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void it_is_annotated_and_names_what_it_needs_in_the_poms_versions(Path file) throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        JsonNode kamelet = read(file);
        for (String annotation : List.of("kamelet.support.level", "kamelet.icon", "kamelet.group", "provider")) {
            assertThat(kamelet.at("/metadata/annotations/camel.apache.org~1" + annotation)
                            .asText())
                    .as(annotation)
                    .isNotBlank();
        }
        assertThat(pom)
                .contains("<camel.version>"
                        + kamelet.at("/metadata/annotations/camel.apache.org~1catalog.version")
                                .asText()
                        + "<");
        assertThat(texts(kamelet.at("/spec/dependencies"))).isNotEmpty().allSatisfy(dependency -> {
            Matcher named = DEPENDENCY.matcher(dependency);
            assertThat(named.matches()).as(dependency).isTrue();
            if (named.group(1) != null) {
                assertThat(pom).contains("<version>" + named.group(1) + "</version>");
            }
        });
    }

    @Test
    void no_two_have_one_title_or_one_description() throws IOException {
        Set<String> seen = new HashSet<>();
        for (Path file : kamelets().toList()) {
            JsonNode definition = read(file).at("/spec/definition");
            assertThat(seen.add(definition.path("title").asText()))
                    .as("%s", file)
                    .isTrue();
            assertThat(seen.add(definition.path("description").asText()))
                    .as("%s", file)
                    .isTrue();
        }
        assertThat(seen).isNotEmpty();
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper()
                .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
