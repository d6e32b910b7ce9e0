package io.fusewire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What the rules are expected to do, as data: the files {@code rules/*.yaml} of the jar and of the config folder, which
 * add to them or replace one by name.
 */
final class RuleCases {
    private static final String FOLDER = "rules";
    private static final Set<String> FIELDS = Set.of("case", "event", "source", "fires", "reaches");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One case.
     *
     * @param file where it stands, for a sentence
     * @param fires rules, each maybe with its severity behind it: {@code toxicity} or {@code toxicity error}
     * @param reaches sinks with a queue
     */
    record Case(String file, String name, byte[] event, String source, Set<String> fires, Set<String> reaches) {}

    private RuleCases() {}

    /** @throws IllegalArgumentException in one sentence with file and word, when a file can't be read as cases */
    static List<Case> of(CamelContext camel, Path configFolder) throws Exception {
        List<Case> cases = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files(camel, configFolder).entrySet()) {
            read(file.getKey(), file.getValue(), configFolder, cases);
        }
        return cases;
    }

    private static Map<String, byte[]> files(CamelContext camel, Path configFolder) throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        for (Resource packed : PluginHelper.getPackageScanResourceResolver(camel)
                .findResources("classpath:fusewire/" + FOLDER + "/*.yaml")) {
            String location = packed.getLocation();
            try (InputStream in = packed.getInputStream()) {
                files.put(FOLDER + location.substring(location.lastIndexOf('/')), in.readAllBytes());
            }
        }
        Path own = configFolder.resolve(FOLDER);
        if (Files.isDirectory(own)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(own, "*.yaml")) {
                for (Path file : found) {
                    files.put(FOLDER + "/" + file.getFileName(), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static void read(String file, byte[] text, Path configFolder, List<Case> into) throws IOException {
        JsonNode all;
        try {
            Object read = new Load(LoadSettings.builder().setLabel(file).build())
                    .loadFromString(new String(text, StandardCharsets.UTF_8));
            // Overflows where an alias leads to itself.
            Objects.hashCode(read);
            all = JSON.valueToTree(read);
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + " is not YAML: " + e.getMessage().lines().findFirst().orElse(""), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException(file + " is nested too deep, or an alias in it leads to itself.", e);
        }
        if (!all.isArray() || all.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " is no list of cases; each begins with \"- case: what it shows\".");
        }
        for (JsonNode one : all) {
            into.add(read(file, one, configFolder));
        }
    }

    private static Case read(String file, JsonNode one, Path configFolder) throws IOException {
        String name = one.path("case").asText();
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    file + ": a case has no name; it begins with \"- case: what it shows\".");
        }
        one.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(file + ", case '" + name + "': there is no '" + field
                        + "'; there are " + String.join(", ", new TreeSet<>(FIELDS)) + ".");
            }
        });
        JsonNode event = one.path("event");
        if (!event.isObject() && !event.isTextual()) {
            throw new IllegalArgumentException(
                    file + ", case '" + name + "' has no event; it is one, or names a file with one.");
        }
        return new Case(
                file,
                name,
                event.isObject()
                        ? JSON.writeValueAsBytes(event)
                        : file(file, name, configFolder.resolve(event.asText())),
                one.path("source").asText("default"),
                words(file, name, one.path("fires"), "fires"),
                words(file, name, one.path("reaches"), "reaches"));
    }

    private static byte[] file(String file, String name, Path event) throws IOException {
        if (!Files.isReadable(event)) {
            throw new IllegalArgumentException(file + ", case '" + name + "': there is no file " + event + ".");
        }
        return Files.readAllBytes(event);
    }

    private static Set<String> words(String file, String name, JsonNode list, String what) {
        if (!list.isArray()) {
            throw new IllegalArgumentException(
                    file + ", case '" + name + "': " + what + " is no list; for none write \"" + what + ": []\".");
        }
        Set<String> words = new TreeSet<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }
}
