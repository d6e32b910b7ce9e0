package io.fusewire.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.event.Event.LabelBuilder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What makes two deliveries the same event: {@code type|name=value|…}, or {@code type|sha256=…} of the same parts where
 * that would be ambiguous, too long, or more than a database's text takes (a NUL, half a surrogate pair). For one
 * thread.
 */
final class EventKey {
    private static final int LONGEST = 255;
    private static final int LONGEST_PREFIX = LONGEST - "|sha256=".length() - 64;

    private final String type;
    private final Map<String, String> parts = new LinkedHashMap<>();

    EventKey(String type) {
        this.type = type;
    }

    /** Adds the node's text under a name; nothing where there is none. */
    EventKey part(String name, JsonNode node) {
        String text = LabelBuilder.text(node);
        if (!text.isEmpty()) {
            parts.put(name, text);
        }
        return this;
    }

    /** Adds the body's SHA-256: for an event that says too little else by which it could be told apart. */
    EventKey body(byte[] body) {
        parts.put("body", sha256(body));
        return this;
    }

    int size() {
        return parts.size();
    }

    @Override
    public String toString() {
        StringBuilder key = new StringBuilder(type);
        parts.forEach((name, value) -> key.append('|').append(name).append('=').append(value));
        return key.length() <= LONGEST && plain(type) && parts.values().stream().allMatch(EventKey::plain)
                ? key.toString()
                : hashed();
    }

    private String hashed() {
        StringBuilder all = new StringBuilder();
        append(all, type);
        parts.forEach((name, value) -> {
            append(all, name);
            append(all, value);
        });
        String prefix = plain(type) && type.length() <= LONGEST_PREFIX ? type : "event";
        return prefix + "|sha256=" + sha256(units(all));
    }

    private static void append(StringBuilder all, String component) {
        all.append(component.length()).append(':').append(component);
    }

    /** UTF-16 as it stands: an encoder would make every lone surrogate the same question mark. */
    private static byte[] units(StringBuilder text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
        text.chars().forEach(unit -> bytes.putChar((char) unit));
        return bytes.array();
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '|' || c == '=') {
                return false;
            }
        }
        return true;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
