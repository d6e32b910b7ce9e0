package io.fusewire.config;

import io.fusewire.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of properties: in UTF-8, values without the blanks around them. And those in the jar. */
public final class PropertyFile {
    static final String NAME = "application.properties";

    /** In the jar they lie in a folder, so that no host takes them for its own. */
    static final String PACKED = "fusewire/";

    private static final Pattern LISTED = Pattern.compile("(?m)^#?([a-z][^\\s=]+)\\s*=");
    private static final Pattern NO_HEX =
            Pattern.compile("(?m)^(?!\\s*[#!]).*(?<!\\\\)(?:\\\\\\\\)*\\\\u(?![0-9a-fA-F]{4})");

    private PropertyFile() {}

    /**
     * Nothing where there is no such file.
     *
     * @throws IllegalArgumentException in one sentence with file and line, when it can't be read
     */
    static Properties read(Path file) {
        try {
            return Files.exists(file) ? parse(file.toString(), TextFile.read(file)) : new Properties();
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read; is it a file, and may this user read it?", e);
        }
    }

    static Properties parse(String place, String text) {
        Set<Object> twice = new TreeSet<>();
        Properties read = new Properties() {
            @Override
            public synchronized Object put(Object name, Object value) {
                Object before = super.put(name, value);
                if (before != null) {
                    twice.add(name);
                }
                return before;
            }
        };
        try {
            read.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            Matcher at = NO_HEX.matcher(text);
            long line = at.find() ? text.substring(0, at.end()).lines().count() : 1;
            throw new IllegalArgumentException(
                    place + ", line " + line + ": four hexadecimal digits belong behind \\u; a backslash is \\\\.", e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException(place + " sets " + twice + " twice; keep one.");
        }
        read.replaceAll((name, value) -> String.valueOf(value).strip());
        return read;
    }

    /** The application.properties in the jar: every property, and its default. */
    public static String packedText() {
        return packedText(NAME).orElseThrow();
    }

    static Optional<String> packedText(String file) {
        try (InputStream in = PropertyFile.class.getResourceAsStream("/" + PACKED + file)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names of the properties that there are, with {@code <name>} for what people name. */
    static List<String> listed() {
        return LISTED.matcher(packedText())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** The packed defaults of the properties whose names begin so. */
    public static Properties packed(String... beginnings) {
        Properties all = parse(NAME, packedText());
        all.keySet().removeIf(key -> Arrays.stream(beginnings).noneMatch(String.valueOf(key)::startsWith));
        return all;
    }
}
