package io.fusewire.validate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a value is of a type that a schema allows. */
final class SchemaTypes {
    private static final String PLACEHOLDER = "\\{\\{.+}}";

    private SchemaTypes() {}

    /**
     * What would have been right; empty where the value is.
     *
     * @param forms what the value may be
     */
    static Optional<String> fault(List<JsonNode> forms, String word, JsonNode value) {
        Set<String> types = new TreeSet<>();
        List<String> choices = new ArrayList<>();
        for (JsonNode form : forms) {
            if (form.has("type")) {
                types.add(form.path("type").asText());
            }
            form.path("enum").forEach(choice -> choices.add(choice.asText()));
        }
        if (types.isEmpty() || value.asText().matches(PLACEHOLDER)) {
            return Optional.empty();
        }
        if (types.stream().noneMatch(type -> is(type, value))) {
            return Optional.of(sentence(types, word, value));
        }
        return choices.isEmpty() || !value.isTextual() || choices.contains(value.asText())
                ? Optional.empty()
                : Optional.of("there is no " + word + " '" + value.asText() + "'; there are "
                        + String.join(", ", choices) + ".");
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
    }

    private static String sentence(Set<String> types, String word, JsonNode value) {
        if (value.isContainerNode() || value.isNull()) {
            return "'" + word + "' is " + (value.isNull() ? "empty" : value.isArray() ? "a list" : "a map")
                    + "; it is to be " + meant(types.iterator().next()) + ".";
        }
        if (types.contains("string")) {
            return "'" + word + "' is to be a text; put " + value.asText() + " into quotes.";
        }
        return "'" + value.asText() + "' is no value for " + word + "; it is to be "
                + meant(types.iterator().next())
                + (value.isTextual() && !value.asText().isBlank() ? ", without quotes" : "") + ".";
    }

    private static String meant(String type) {
        return switch (type) {
            case "string" -> "a text";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a map";
            default -> "a number";
        };
    }
}
