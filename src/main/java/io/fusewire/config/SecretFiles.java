package io.fusewire.config;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesSource;

/** Properties of sinks that stand in a file: what a route asks for by {@code {{name}}} may be set as {@code name-file} too. */
public final class SecretFiles implements PropertiesSource {
    private static final String FILE = "-file";

    private final Settings settings;

    public SecretFiles(CamelContext camel) {
        this.settings = new Settings(camel);
    }

    @Override
    public String getName() {
        return "fusewire-secret-files";
    }

    @Override
    public String getProperty(String name) {
        boolean ofSink = name.startsWith("sinks.") && !name.endsWith(FILE) && !name.endsWith("]");
        return ofSink
                ? settings.find(name + FILE)
                        .map(file -> settings.read(name + FILE))
                        .orElse(null)
                : null;
    }
}
