package io.fusewire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.cli.CaseSequence.Step;
import io.fusewire.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final Set<String> OF_ONE = Set.of("case", "event", "source", "fires", "reaches", "incident", "told");
    private static final Set<String> OF_SEVERAL = Set.of("case", "events", "told");
    private static final Set<String> OF_A_MOMENT = Set.of("at", "event", "source", "incident");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One case.
     *
     * @param file where it stands, for a sentence
     * @param packed whether that file is in the jar
     * @param event null where there are several, as are fires and reaches
     * @param fires rules, each maybe with its severity behind it: {@code toxicity} or {@code toxicity error}
     * @param reaches sinks with a queue
     * @param sequence what it says of incidents, or null
     */
    record Case(
            String file,
            boolean packed,
            String name,
            byte[] event,
            String source,
            Set<String> fires,
            Set<String> reaches,
            CaseSequence sequence) {}

    private RuleCases() {}

    /** @throws IllegalArgumentException in one sentence with file and word, when a file can't be read as cases */
    static List<Case> of(CamelContext camel, Path configFolder) throws Exception {
        List<Case> cases = new ArrayList<>();
        for (Map.Entry<String, String> file : files(camel, configFolder).entrySet()) {
            read(file.getKey(), file.getValue(), configFolder, cases);
        }
        return cases;
    }

    private static Map<String, String> files(CamelContext camel, Path configFolder) throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (Resource packed : PluginHelper.getPackageScanResourceResolver(camel)
                .findResources("classpath:fusewire/" + FOLDER + "/*.yaml")) {
            String location = packed.getLocation();
            try (InputStream in = packed.getInputStream()) {
                files.put(
                        FOLDER + location.substring(location.lastIndexOf('/')),
                        new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        Path own = configFolder.resolve(FOLDER);
        if (Files.isDirectory(own)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(own, "*.yaml")) {
                for (Path file : found) {
                    files.put(FOLDER + "/" + file.getFileName(), TextFile.read(file));
                }
            }
        }
        return files;
    }

    private static void read(String file, String text, Path configFolder, List<Case> into) throws IOException {
        JsonNode all;
        try {
            Object read = new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text);
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
        boolean packed = !Files.exists(configFolder.resolve(file));
        String name = one.path("case").asText();
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    file + ": a case has no name; it begins with \"- case: what it shows\".");
        }
        String where = file + ", case '" + name + "'";
        if (one.has("events")) {
            known(where, one, OF_SEVERAL);
            return new Case(file, packed, name, null, null, null, null, several(where, one, configFolder));
        }
        known(where, one, OF_ONE);
        byte[] event = event(where, one, configFolder);
        String source = one.path("source").asText("default");
        CaseSequence sequence = null;
        if (one.has("incident") || one.has("told")) {
            List<JsonNode> incidents = CaseSequence.incidents(where, one.path("incident"), true);
            sequence = new CaseSequence(
                    List.of(new Step(Duration.ZERO, event, source, incidents)),
                    CaseSequence.told(where, one.path("told")));
        }
        return new Case(
                file,
                packed,
                name,
                event,
                source,
                words(where, one.path("fires"), "fires"),
                words(where, one.path("reaches"), "reaches"),
                sequence);
    }

    private static CaseSequence several(String where, JsonNode one, Path configFolder) throws IOException {
        List<Step> steps = new ArrayList<>();
        for (JsonNode moment : one.path("events")) {
            known(where, moment, OF_A_MOMENT);
            boolean comes = moment.has("event");
            steps.add(new Step(
                    CaseSequence.time(where, moment.path("at").asText()),
                    comes ? event(where, moment, configFolder) : null,
                    moment.path("source").asText("default"),
                    CaseSequence.incidents(where, moment.path("incident"), comes)));
        }
        return new CaseSequence(steps, CaseSequence.told(where, one.path("told"))).checked(where);
    }

    private static void known(String where, JsonNode one, Set<String> fields) {
        one.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw CaseSequence.refused(
                        where,
                        "there is no '" + field + "'; there are " + String.join(", ", new TreeSet<>(fields)) + ".");
            }
        });
    }

    private static byte[] event(String where, JsonNode one, Path configFolder) throws IOException {
        JsonNode event = one.path("event");
        if (!event.isObject() && !event.isTextual()) {
            throw new IllegalArgumentException(where + " has no event; it is one, or names a file with one.");
        }
        return event.isObject() ? JSON.writeValueAsBytes(event) : file(where, configFolder.resolve(event.asText()));
    }

    private static byte[] file(String where, Path event) throws IOException {
        if (!Files.isReadable(event)) {
            throw CaseSequence.refused(where, "there is no file " + event + ".");
        }
        return TextFile.read(event).getBytes(StandardCharsets.UTF_8);
    }

    private static Set<String> words(String where, JsonNode list, String what) {
        if (!list.isArray()) {
            throw CaseSequence.refused(where, what + " is no list; for none write \"" + what + ": []\".");
        }
        Set<String> words = new TreeSet<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }
}
