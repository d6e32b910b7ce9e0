package io.fusewire.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
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

    /** The component that serves webhooks, whichever server that is. */
    public static final String WEBHOOKS = "fusewire-webhooks";

    /** The component that serves admin requests, whichever server that is. */
    public static final String ADMIN = "fusewire-admin";

    public static final String WEBHOOK_HOST = "camel.server.host";
    public static final String WEBHOOK_PORT = "camel.server.port";
    public static final String ADMIN_HOST = "camel.management.host";
    public static final String ADMIN_PORT = "camel.management.port";

    private static final String ANY = "0.0.0.0";

    /** @throws IllegalArgumentException in one sentence, when the property says something else */
    public static HttpMode of(Settings settings) {
        String word = settings.get("fusewire.http");
        return Arrays.stream(values())
                .filter(mode -> mode.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fusewire.http: there is no '" + word + "'; there are "
                        + Arrays.stream(values()).map(HttpMode::word).collect(Collectors.joining(", "))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The ports to listen at, by the properties that name them, each at the address that another property names. */
    public Map<String, InetSocketAddress> ports(Settings settings) {
        return this == OWN
                ? Map.of(
                        WEBHOOK_PORT, address(settings, WEBHOOK_HOST, WEBHOOK_PORT),
                        ADMIN_PORT, address(settings, ADMIN_HOST, ADMIN_PORT))
                : Map.of();
    }

    private static InetSocketAddress address(Settings settings, String host, String port) {
        String named = settings.find(host).orElse(ANY);
        if (named.startsWith("[")) {
            throw new IllegalArgumentException(host + ": '" + named + "' has brackets; they are for URLs, write "
                    + named.replaceAll("[\\[\\]]", ""));
        }
        InetSocketAddress address = new InetSocketAddress(named, settings.number(port));
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(host + ": '" + settings.get(host) + "' is no address of this machine");
        }
        return address;
    }

    /** Where a gateway that listens as set is reached from this machine. */
    public static String url(Settings settings, String host, String port) {
        InetAddress address = address(settings, host, port).getAddress();
        boolean near = address.isAnyLocalAddress() || address.equals(InetAddress.getLoopbackAddress());
        String named = near ? "localhost" : settings.get(host);
        return "http://" + (named.contains(":") ? "[" + named + "]" : named) + ":" + settings.number(port);
    }

    /** Whether a route file is of use then. */
    boolean takes(String location) {
        return this != NONE || !location.matches(".*routes/(webhook|admin)\\.camel\\.yaml");
    }
}
