package io.fusewire.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * Renders alerts by jq templates. For a sink the first that exists of {@code <rule>.jq}, {@code <family>.jq} (the
 * event's type up to the first dot) and {@code any.jq} in {@code templates/<sink>/}; a file in the config folder goes
 * before the jar's. Thread-safe.
 */
public final class Templates {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Links links;
    private final Scope builtins = Scope.newEmptyScope();
    private final Map<String, Optional<JsonQuery>> compiled = new ConcurrentHashMap<>();

    /**
     * @param folder may hold {@code templates/}
     * @param langfuse the base URL of the Langfuse UI
     */
    public Templates(Path folder, String langfuse) {
        this.folder = folder;
        this.links = new Links(langfuse);
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, builtins);
    }

    /**
     * The sink's message.
     *
     * @param name a template's name, or empty for the one that fits the alert
     * @throws TemplateFailed when there is none, or it fails, or it makes anything but one JSON object
     */
    public ObjectNode render(String sink, String name, Alert alert) {
        String type = String.valueOf(alert.labels().get("type"));
        String family = type.substring(0, type.indexOf('.') < 0 ? type.length() : type.indexOf('.'));
        List<String> names = name.isEmpty() ? List.of(alert.rule(), family, "any") : List.of(name);
        for (String candidate : names) {
            String file = "templates/" + sink + "/" + candidate + ".jq";
            Optional<JsonQuery> template = compiled.computeIfAbsent(file, any -> compile(file, sink));
            if (template.isPresent()) {
                Dialect dialect = Dialect.of(sink);
                return dialect.fit(apply(template.get(), file, input(alert, dialect)));
            }
        }
        throw new TemplateFailed("templates/" + sink, "none for rule " + alert.rule());
    }

    private ObjectNode apply(JsonQuery template, String file, JsonNode input) {
        List<JsonNode> outputs = new ArrayList<>();
        try {
            template.apply(Scope.newChildScope(builtins), input, outputs::add);
        } catch (JsonQueryException e) {
            throw new TemplateFailed(file, "jq could not work it out");
        }
        if (outputs.size() == 1 && outputs.get(0) instanceof ObjectNode message) {
            return message;
        }
        throw new TemplateFailed(file, "made " + outputs.size() + " outputs instead of one JSON object");
    }

    private JsonNode input(Alert alert, Dialect dialect) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.set("event", alert.event());
        input.set("labels", JSON.valueToTree(alert.labels()));
        input.put("rule", alert.rule());
        input.put("severity", alert.severity());
        input.put("resolve", alert.resolve());
        input.put("incident", alert.incident());
        input.put("source", alert.source());
        input.put("received", alert.receivedAt().toString());
        ObjectNode escaped = (ObjectNode) dialect.escaped(input);
        escaped.set("links", links.of(alert.event(), alert.labels()));
        return escaped;
    }

    private Optional<JsonQuery> compile(String file, String sink) {
        return read(file).map(text -> {
            String prelude = read("templates/" + sink + "/prelude.jq").orElse("");
            try {
                return JsonQuery.compile(prelude + "\n" + text, Versions.JQ_1_6);
            } catch (JsonQueryException e) {
                throw new TemplateFailed(file, "is no jq: " + e.getMessage());
            }
        });
    }

    private Optional<String> read(String file) {
        Path outside = folder.resolve(file);
        try {
            if (file.contains("..")) {
                return Optional.empty();
            }
            if (Files.isRegularFile(outside)) {
                return Optional.of(Files.readString(outside));
            }
            try (InputStream in = Templates.class.getResourceAsStream("/" + file)) {
                return in == null
                        ? Optional.empty()
                        : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | RuntimeException e) {
            throw new TemplateFailed(file, "cannot be read");
        }
    }
}
