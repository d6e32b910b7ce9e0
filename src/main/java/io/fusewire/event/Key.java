package io.fusewire.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What makes two deliveries the same event: named parts, readable where they can be, else their SHA-256. */
final class Key {
    private static final int LONGEST = 255;
    private static final Pattern PLAIN = Pattern.compile("[^|=\\p{Cntrl}]*");

    private final String type;
    private final Map<String, String> parts = new LinkedHashMap<>();

    Key(String type) {
        this.type = type;
    }

    /** Adds the node's text under a name; nothing where there is none. */
    Key part(String name, JsonNode node) {
        String text = Facts.text(node);
        if (!text.isEmpty()) {
            parts.put(name, text);
        }
        return this;
    }

    int size() {
        return parts.size();
    }

    @Override
    public String toString() {
        StringBuilder key = new StringBuilder(type);
        parts.forEach((name, value) -> key.append('|').append(name).append('=').append(value));
        boolean plain = PLAIN.matcher(type).matches()
                && parts.values().stream()
                        .allMatch(value -> PLAIN.matcher(value).matches());
        return plain && key.length() <= LONGEST ? key.toString() : hashed();
    }

    private String hashed() {
        StringBuilder all =
                new StringBuilder().append(type.length()).append(':').append(type);
        parts.forEach((name, value) ->
                all.append(name).append(value.length()).append(':').append(value));
        return "sha256|" + sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** For an event that says nothing by which it could be told apart but its bytes. */
    static String ofBody(byte[] body) {
        return "body|" + sha256(body);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
