package io.fusewire.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The statements, one file each: in {@code sql/<dialect>} those that only this database understands, in {@code sql} the
 * others. Thread-safe.
 */
final class Statements {
    private final String dialect;
    private final Map<String, String> statements = new ConcurrentHashMap<>();

    Statements(String dialect) {
        this.dialect = dialect;
    }

    String get(String name) {
        return statements.computeIfAbsent(name, this::load);
    }

    /** A text as every database takes it: PostgreSQL refuses NUL, which JSON allows. */
    static String text(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    private String load(String name) {
        String own = "/fusewire/sql/" + dialect + "/" + name + ".sql";
        String shared = "/fusewire/sql/" + name + ".sql";
        String path = Statements.class.getResource(own) == null ? shared : own;
        try (InputStream in = Statements.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no statement " + own + " or " + shared);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + path, e);
        }
    }
}
