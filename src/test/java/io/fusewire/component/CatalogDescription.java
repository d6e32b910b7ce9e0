package io.fusewire.component;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.component.Steps.SendOnlyEndpoint;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;

/** What Camel's catalog is to say of the component, made from its words, their endpoints' setters and the setters' Javadoc. */
final class CatalogDescription {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Class<?>, String> TYPES = Map.of(
            String.class, "string",
            boolean.class, "boolean",
            int.class, "integer",
            double.class, "number",
            Duration.class, "duration");
    /** Parameters whose names an engineer invents, which no setter has. */
    private static final List<String> PREFIXED = List.of("label", "tag");

    private final CamelContext camel;
    private final List<String> forms;
    private final Map<String, List<Option>> options = new TreeMap<>();

    /** One word's option of a name. */
    private record Option(String verb, Class<?> type, Object byDefault, String description, boolean sent) {}

    CatalogDescription(CamelContext camel) throws Exception {
        this.camel = camel;
        this.forms = List.copyOf(((FusewireComponent) camel.getComponent("fusewire")).forms());
        for (String form : forms) {
            add(form);
        }
    }

    /** The file's text. */
    String text(Map<String, String> project) throws Exception {
        Map<String, Object> component = new LinkedHashMap<>();
        component.put("kind", "component");
        component.put("name", "fusewire");
        component.put("title", "Fusewire");
        component.put("description", "Stored events, the rules that judge them, and deliveries to sinks.");
        component.put("deprecated", false);
        component.put("firstVersion", "0.1.0");
        component.put("label", "monitoring,messaging");
        component.put("javaType", FusewireComponent.class.getName());
        component.put("supportLevel", "Preview");
        component.putAll(project);
        component.put("scheme", "fusewire");
        component.put("extendsScheme", "");
        component.put("syntax", "fusewire:verb/name");
        for (String trait : List.of("async", "api", "consumerOnly", "producerOnly", "lenientProperties", "browsable")) {
            component.put(trait, false);
        }
        component.put("remote", false);
        return "{\n  \"component\": " + lines(component) + ",\n  \"componentProperties\": {},\n  \"properties\": "
                + lines(properties()) + "\n}\n";
    }

    private Map<String, Object> properties() {
        Map<String, Object> all = new LinkedHashMap<>();
        List<String> verbs = forms.stream().map(form -> form.split("/")[0]).toList();
        Map<String, Object> verb = described(
                "path", "verb", "", "enum", String.class, "What it is or does: " + String.join(", ", forms) + ".");
        verb.put("required", true);
        verb.put("enum", verbs);
        all.put("verb", numbered(verb, all.size()));
        String named = forms.stream().filter(form -> form.contains("/")).collect(Collectors.joining(", "));
        all.put(
                "name",
                numbered(
                        described(
                                "path",
                                "name",
                                "",
                                "string",
                                String.class,
                                "Whose: " + named + "; of render the template, where it is not the one that fits."),
                        all.size()));
        options.forEach((name, each) -> all.put(name, numbered(option(name, each), all.size())));
        for (String prefix : PREFIXED) {
            String from = prefix.equals("label") ? "takes its text from this label." : "has this text.";
            Map<String, Object> option = described(
                    "parameter",
                    prefix + "s",
                    "producer",
                    "object",
                    Map.class,
                    "count, record: The metric's tag " + from);
            option.put("prefix", prefix + ".");
            option.put("multiValue", true);
            all.put(prefix + "s", numbered(option, all.size()));
        }
        return all;
    }

    private void add(String form) throws Exception {
        String verb = form.split("/")[0];
        String uri = "fusewire:"
                + form.replace("<status>", "200")
                        .replace("<call>", "post")
                        .replace("<step>", "request")
                        .replaceAll("<.*>", "any-other");
        Endpoint endpoint = camel.getEndpoint(uri);
        Class<?> type = endpoint.getClass();
        String source = Files.readString(Path.of(
                "src/main/java", type.getName().replaceFirst("[$].*", "").replace('.', '/') + ".java"));
        for (Method setter : Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().startsWith("set"))
                .sorted(Comparator.comparing(Method::getName))
                .toList()) {
            String property = setter.getName().substring(3);
            Class<?> value = setter.getParameterTypes()[0];
            String name = Character.toLowerCase(property.charAt(0)) + property.substring(1);
            options.computeIfAbsent(name, any -> new ArrayList<>())
                    .add(new Option(
                            verb,
                            value,
                            byDefault(endpoint, name),
                            javadoc(source, setter.getName()),
                            endpoint instanceof SendOnlyEndpoint));
        }
    }

    /** Null for what stands in properties as well, and has its default there. */
    private static Object byDefault(Endpoint endpoint, String name) throws IllegalAccessException {
        for (Field field : endpoint.getClass().getDeclaredFields()) {
            if (field.getName().equals(name)) {
                field.setAccessible(true);
                return field.get(endpoint);
            }
        }
        return null;
    }

    private static String javadoc(String source, String setter) {
        Matcher found = Pattern.compile("/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s+public void " + setter + "\\(")
                .matcher(source);
        if (!found.find()) {
            throw new IllegalStateException(setter + " has no Javadoc, which is what people read in the catalog");
        }
        return found.group(1)
                .replaceAll("\\s*\\n\\s*\\*\\s?", " ")
                .replaceAll("\\{@code (.*?)}", "$1")
                .strip();
    }

    private static Map<String, Object> option(String name, List<Option> each) {
        Set<Object> defaults = each.stream().map(CatalogDescription::written).collect(Collectors.toSet());
        Map<String, String> meanings = new LinkedHashMap<>();
        for (Option option : each) {
            String meaning = option.description() + (defaults.size() > 1 ? " By default " + written(option) + "." : "");
            meanings.merge(meaning, option.verb(), (one, other) -> one + ", " + other);
        }
        String description = meanings.entrySet().stream()
                .map(meaning -> meaning.getValue() + ": " + meaning.getKey())
                .collect(Collectors.joining(" "));
        Set<String> labels = new LinkedHashSet<>();
        each.forEach(option -> labels.add(option.sent() ? "producer" : "consumer"));
        Class<?> type = each.get(0).type();
        Map<String, Object> map = described(
                "parameter",
                name,
                labels.size() == 1 ? labels.iterator().next() : "",
                type.isEnum() ? "enum" : TYPES.get(type),
                type,
                description);
        if (type.isEnum()) {
            map.put(
                    "enum",
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        }
        Object byDefault = written(each.get(0));
        if (defaults.size() == 1 && !byDefault.equals("")) {
            map.put("defaultValue", byDefault);
        }
        return map;
    }

    private static Map<String, Object> described(
            String kind, String name, String label, String type, Class<?> javaType, String description) {
        Map<String, Object> option = new LinkedHashMap<>();
        option.put("kind", kind);
        String words = name.replaceAll("([A-Z])", " $1");
        option.put("displayName", Character.toUpperCase(words.charAt(0)) + words.substring(1));
        option.put("group", label.isEmpty() ? "common" : label);
        option.put("label", label);
        option.put("required", false);
        option.put("type", type);
        option.put("javaType", javaType.getName());
        option.put("deprecated", false);
        option.put("autowired", false);
        option.put("secret", false);
        option.put("description", description);
        return option;
    }

    private static Map<String, Object> numbered(Map<String, Object> option, int index) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("index", index);
        map.putAll(option);
        return map;
    }

    /** As a person would write it: 1m, and not PT1M. */
    private static Object written(Option option) {
        Object value = option.byDefault();
        if (value == null) {
            return "";
        }
        if (!(value instanceof Duration duration)) {
            return value instanceof Enum<?> word ? word.toString() : value;
        }
        long millis = duration.toMillis();
        if (millis % 86_400_000 == 0) {
            return millis / 86_400_000 + "d";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    private static String lines(Map<String, Object> map) throws JsonProcessingException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Object> entry : map.entrySet()) {
            lines.add("    \"" + entry.getKey() + "\": " + JSON.writeValueAsString(entry.getValue()));
        }
        return "{\n" + String.join(",\n", lines) + "\n  }";
    }
}
