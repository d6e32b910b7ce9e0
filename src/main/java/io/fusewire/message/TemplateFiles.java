package io.fusewire.message;

import io.fusewire.error.TemplateException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Templates by file name: an outside folder first, then the classpath. Each is compiled once. Thread-safe. */
final class TemplateFiles {
    /** Put before each template of its folder; no template itself. */
    static final String PRELUDE = "prelude";

    /** A folder's template for what has no other; beside the folders, that of the sinks that have none. */
    static final String ANY = "any";

    /** Event types are strangers' words: what isn't there is remembered only for so many. */
    private static final int MOST_ABSENT = 1000;

    private final Path folder;
    private final Map<String, Template> compiled = new ConcurrentHashMap<>();
    private final Set<String> absent = ConcurrentHashMap.newKeySet();

    TemplateFiles(Path folder) {
        this.folder = folder;
    }

    /** @param file a path below {@code templates}, such as {@code slack/any.jq} or {@code any.jq} */
    Optional<Template> find(String file) {
        Template known = compiled.get(file);
        if (known != null || absent.contains(file)) {
            return Optional.ofNullable(known);
        }
        Optional<String> source = read(file);
        if (source.isEmpty() && absent.size() < MOST_ABSENT) {
            absent.add(file);
        }
        return source.map(text -> compiled.computeIfAbsent(file, name -> Template.compile(name, prelude(name), text)));
    }

    /** One sentence for each template outside the jar that can't be compiled. */
    List<String> faults() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> file.toString().endsWith(".jq"))
                    .filter(file -> !file.endsWith(PRELUDE + ".jq"))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.contains("/") || file.equals(ANY + ".jq"))
                    .sorted()
                    .flatMap(file -> fault(file).stream())
                    .toList();
        } catch (IOException e) {
            return List.of(
                    "The folder " + folder + " can't be read: " + e.getClass().getSimpleName() + ".");
        }
    }

    private Optional<String> fault(String file) {
        try {
            find(file);
            return Optional.empty();
        } catch (TemplateException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** None for what belongs to no sink. */
    private String prelude(String file) {
        int folderEnd = file.indexOf('/');
        return folderEnd < 0
                ? ""
                : read(file.substring(0, folderEnd + 1) + PRELUDE + ".jq").orElse("");
    }

    private Optional<String> read(String file) {
        try {
            Path outside = folder.resolve(file);
            if (Files.isRegularFile(outside)) {
                return Optional.of(Files.readString(outside));
            }
            try (InputStream in = TemplateFiles.class.getResourceAsStream("/fusewire/templates/" + file)) {
                return in == null
                        ? Optional.empty()
                        : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new TemplateException(file, "can't be read: " + e.getClass().getSimpleName() + ".");
        }
    }
}
