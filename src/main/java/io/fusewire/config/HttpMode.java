package io.fusewire.config;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where HTTP requests come in, in a host: property {@code fusewire.http}. */
public enum HttpMode {
    /** Servers of our own, on {@code camel.server.port} and {@code camel.management.port}. */
    OWN,
    /** The host's {@code platform-http}. */
    HOST,
    /** Nowhere; events come by {@code direct:accept}. */
    NONE;

    public static final String WEBHOOKS = "fusewire-webhooks";
    public static final String ADMIN = "fusewire-management";
    public static final String HTTP = "fusewire-http";

    /** @throws IllegalArgumentException in one sentence, when the property says something else */
    public static HttpMode of(Settings settings) {
        String word = settings.get("fusewire.http");
        return Arrays.stream(values())
                .filter(door -> door.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fusewire.http: there is no '" + word + "'; there are "
                        + Arrays.stream(values()).map(HttpMode::word).collect(Collectors.joining(", "))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a route file is of use with these doors. */
    public boolean takes(String location) {
        return this != NONE || !location.matches(".*routes/(webhook|admin)\\.camel\\.yaml");
    }

    /** What stands in place of the components' names in our routes. */
    public Map<String, String> schemes() {
        Map<String, String> schemes = new HashMap<>(Map.of("http", HTTP, "https", HTTP));
        schemes.put("platform-http", this == OWN ? WEBHOOKS : "platform-http");
        schemes.put("management-http", this == OWN ? ADMIN : "platform-http");
        return schemes;
    }
}
