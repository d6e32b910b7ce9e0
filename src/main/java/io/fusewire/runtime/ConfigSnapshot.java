package io.fusewire.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a config folder that a gateway starts with, and its test cases, each with when it was saved and its size. */
record ConfigSnapshot(Map<String, Saved> files) {
    private static final String CASES = "rules";

    /** A file at one moment. */
    record Saved(FileTime time, long size) {}

    static ConfigSnapshot in(Path folder) throws IOException {
        Map<String, Saved> found = new TreeMap<>();
        for (String place : List.of(
                "application.properties", "application-dev.properties", "kamelets", "routes", CASES, "templates")) {
            add(folder, folder.resolve(place), found);
        }
        return new ConfigSnapshot(found);
    }

    private static void add(Path folder, Path place, Map<String, Saved> found) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                found.put(folder.relativize(file).toString(), new Saved(now.lastModifiedTime(), now.size()));
            }
        } catch (NoSuchFileException | UncheckedIOException gone) {
            // It isn't there, or goes just now: the next look tells.
            found.remove(folder.relativize(place).toString());
        }
    }

    /** Whether a file holds test cases, which a gateway runs without. */
    static boolean isOfCases(String name) {
        return Path.of(name).startsWith(CASES);
    }

    /** What was done to which file since: {@code saved} or {@code deleted}. */
    Map<String, String> differenceTo(ConfigSnapshot before) {
        Map<String, String> changed = new TreeMap<>();
        before.files.keySet().forEach(name -> changed.put(name, "deleted"));
        files.keySet().forEach(name -> changed.put(name, "saved"));
        changed.keySet().removeIf(name -> Objects.equals(files.get(name), before.files.get(name)));
        return changed;
    }
}
