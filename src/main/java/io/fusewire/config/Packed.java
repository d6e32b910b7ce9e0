package io.fusewire.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;

/** The application.properties in the jar: every property, and its default. */
public final class Packed {
    private Packed() {}

    public static String text() {
        try (InputStream in =
                Packed.class.getResourceAsStream("/" + PropertySources.PACKED + "application.properties")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The defaults of the properties whose names begin so. */
    public static Properties of(String... beginnings) {
        Properties all = new Properties();
        try {
            all.load(new StringReader(text()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        all.keySet().removeIf(key -> Arrays.stream(beginnings).noneMatch(String.valueOf(key)::startsWith));
        return all;
    }
}
