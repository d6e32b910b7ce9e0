package io.fusewire.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Route files against the schema of Camel's YAML, which Camel itself does not ask: its reader takes every value for a
 * text, so that a step with {@code disabled: "yes"} runs. A validator's findings speak of branches of the schema; here
 * each is a sentence about the file.
 */
public final class SchemaValidator {
    private static final String SCHEMA = "/schema/camelYamlDsl.json";
    private static final Map<String, String> NAMED = Map.of(
            "route", "route", "routeConfiguration", "policies", "routeTemplate", "template", "onException", "policy");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode schema;
    private final String file;

    private SchemaValidator(JsonNode schema, String file) {
        this.schema = schema;
        this.file = file;
    }

    /**
     * One sentence for each fault. Reads the schema only if there are files.
     *
     * @param files the text of each route file, by its location; what is no YAML has no schema
     */
    public static List<String> faults(Map<String, String> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        JsonNode schema = read();
        List<String> faults = new ArrayList<>();
        files.forEach((file, text) -> {
            if (!file.endsWith(".yaml")) {
                return;
            }
            SchemaValidator dsl = new SchemaValidator(schema, file);
            Object all = new Load(LoadSettings.builder().build()).loadFromString(text);
            JSON.valueToTree(all).forEach(item -> faults.addAll(dsl.faults(schema.path("items"), "", item, file)));
        });
        return faults;
    }

    /** Camel's schema of its YAML. */
    static JsonNode read() {
        try (InputStream in = SchemaValidator.class.getResourceAsStream(SCHEMA)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("Camel's YAML schema can't be read", e);
        }
    }

    private List<String> faults(JsonNode schema, String word, JsonNode value, String place) {
        List<JsonNode> forms = new ArrayList<>();
        add(schema, forms);
        Optional<String> wrong = SchemaTypes.fault(forms, word, value);
        if (wrong.isPresent()) {
            return List.of(place + ": " + wrong.get());
        }
        List<String> faults = new ArrayList<>();
        if (value.isObject()) {
            fields(forms, word, value, value.has("id") ? named(word, value) : place, faults);
        }
        if (value.isArray()) {
            JsonNode items = forms.stream()
                    .filter(form -> form.has("items"))
                    .findFirst()
                    .map(form -> form.path("items"))
                    .orElse(JSON.createObjectNode());
            value.forEach(each -> faults.addAll(faults(items, word, each, place)));
        }
        return faults;
    }

    private void fields(List<JsonNode> forms, String word, JsonNode value, String place, List<String> faults) {
        Set<String> words = new TreeSet<>();
        forms.forEach(form -> form.path("properties").fieldNames().forEachRemaining(words::add));
        boolean closed = forms.stream()
                .anyMatch(form -> form.path("additionalProperties").isBoolean());
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (words.contains(field.getKey())) {
                faults.addAll(field(forms, field.getKey(), field.getValue(), place));
            } else if (closed) {
                faults.add(place + ": there is no '" + field.getKey() + "' in " + word + "; "
                        + Suggestions.near(field.getKey(), words)
                                .map(known -> "did you mean '" + known + "'?")
                                .orElse("there are " + String.join(", ", words) + "."));
            }
        }
    }

    /** A word may mean several things; it must be right in one of them. */
    private List<String> field(List<JsonNode> forms, String word, JsonNode value, String place) {
        List<String> first = List.of();
        for (JsonNode form : forms) {
            JsonNode meaning = form.path("properties").path(word);
            if (!meaning.isEmpty()) {
                List<String> faults = faults(meaning, word, value, place);
                if (faults.isEmpty()) {
                    return faults;
                }
                first = first.isEmpty() ? faults : first;
            }
        }
        return first;
    }

    /** A schema with all that it points to, and all that it can be. */
    private void add(JsonNode part, List<JsonNode> forms) {
        forms.add(part);
        if (part.has("$ref")) {
            add(schema.at(part.path("$ref").asText().substring(1)), forms);
        }
        part.path("oneOf").forEach(each -> add(each, forms));
        part.path("anyOf").forEach(each -> add(each, forms));
    }

    /** The innermost part with an id is the place, in the words of the other checks. */
    private String named(String word, JsonNode part) {
        return file + ": " + NAMED.getOrDefault(word, "step") + " "
                + part.path("id").asText();
    }
}
