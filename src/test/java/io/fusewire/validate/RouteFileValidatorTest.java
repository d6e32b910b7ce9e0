package io.fusewire.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The YAML is the face of the product: valid by Camel's own schema, with ids and descriptions, and short. */
class RouteFileValidatorTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** What it has resolved it keeps; it takes seconds. */
    static final JsonSchema CAMEL_YAML = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
            .getSchema(RouteFileValidatorTest.class.getResourceAsStream("/schema/camelYamlDsl.json"));

    private static final int LONGEST_SIMPLE = 120;

    static Stream<Path> routeFiles() throws IOException {
        return yaml(".camel.yaml");
    }

    static Stream<Path> allFiles() throws IOException {
        return Stream.concat(yaml(".camel.yaml"), yaml(".kamelet.yaml"));
    }

    private static Stream<Path> yaml(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void a_route_file_is_valid_by_the_schema_of_camels_yaml_dsl_so_that_kaoto_can_edit_it(Path file)
            throws IOException {
        assertThat(CAMEL_YAML.validate(YAML.readTree(file.toFile())))
                .filteredOn(fault -> !isPlaceholder(fault))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void every_route_and_every_step_has_an_id_and_every_route_a_description(Path file) throws IOException {
        List<String> faults = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode item : YAML.readTree(file.toFile())) {
            JsonNode route =
                    item.has("routeTemplate") ? item.path("routeTemplate").path("route") : item.path("route");
            if (item.has("route") && route.path("id").asText().isBlank()) {
                faults.add("a route without an id");
            }
            if (!route.isMissingNode() && route.path("description").asText().isBlank()) {
                faults.add("a route without a description: " + route.path("id"));
            }
            steps(route, (verb, step) -> {
                if (step.path("id").asText().isBlank()) {
                    faults.add("a step without an id: " + verb + " " + step);
                } else if (!ids.add(step.path("id").asText())) {
                    faults.add("an id twice: " + step.path("id"));
                }
            });
        }
        assertThat(faults).isEmpty();
    }

    /** Camel Main would create such beans twice: two stores opened, one closed again. */
    @ParameterizedTest
    @MethodSource("allFiles")
    void no_bean_is_made_in_yaml(Path file) throws IOException {
        List<String> beans = new ArrayList<>();
        fields(YAML.readTree(file.toFile()), (name, value) -> {
            if (name.equals("beans")) {
                beans.add(value.toString());
            }
        });
        assertThat(beans).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("allFiles")
    void no_simple_is_long_and_no_script_is_used(Path file) throws IOException {
        List<String> faults = new ArrayList<>();
        fields(YAML.readTree(file.toFile()), (name, value) -> {
            if (name.equals("simple")) {
                String text = value.isTextual()
                        ? value.asText()
                        : value.path("expression").asText();
                if (text.length() > LONGEST_SIMPLE) {
                    faults.add(text);
                }
            }
            if (Set.of("groovy", "js", "python", "joor", "java", "mvel", "spel", "ognl", "script")
                    .contains(name)) {
                faults.add(name);
            }
        });
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("allFiles")
    void the_only_direct_endpoint_is_where_events_are_accepted(Path file) throws IOException {
        List<String> directs = new ArrayList<>();
        fields(YAML.readTree(file.toFile()), (name, value) -> {
            if (name.equals("uri") && value.asText().startsWith("direct:")) {
                directs.add(value.asText());
            }
        });
        assertThat(directs).allMatch("direct:accept"::equals);
    }

    /** A property's value may be of any type. */
    private static boolean isPlaceholder(ValidationMessage fault) {
        JsonNode value = fault.getInstanceNode();
        return value != null && value.asText().matches("\\{\\{.+}}");
    }

    private static void steps(JsonNode node, BiConsumer<String, JsonNode> visit) {
        fields(node, (name, value) -> {
            if (name.equals("steps")) {
                value.forEach(step -> step.properties().forEach(one -> visit.accept(one.getKey(), one.getValue())));
            }
        });
    }

    private static void fields(JsonNode node, BiConsumer<String, JsonNode> visit) {
        node.properties().forEach(field -> visit.accept(field.getKey(), field.getValue()));
        node.forEach(child -> fields(child, visit));
    }
}
