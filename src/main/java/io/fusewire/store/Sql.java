package io.fusewire.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The statements of one dialect, one file each under {@code sql/<dialect>}. Thread-safe. */
final class Sql {
    private final String dialect;
    private final Map<String, String> statements = new ConcurrentHashMap<>();

    Sql(String dialect) {
        this.dialect = dialect;
    }

    String get(String name) {
        return statements.computeIfAbsent(name, this::load);
    }

    private String load(String name) {
        String path = "/sql/" + dialect + "/" + name + ".sql";
        try (InputStream in = Sql.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no statement " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + path, e);
        }
    }
}
