package io.fusewire.embed;

import java.util.Properties;
import java.util.function.Predicate;
import org.apache.camel.Ordered;
import org.apache.camel.spi.LoadablePropertiesSource;

/** Properties of ours in a host's context: before the host's own, or behind them. */
public final class HostProperties implements LoadablePropertiesSource, Ordered {
    private final String name;
    private final int order;
    private final Properties properties;

    private HostProperties(String name, int order, Properties properties) {
        this.name = name;
        this.order = order;
        this.properties = properties;
    }

    /** What the host sets for this gateway alone. */
    public static HostProperties first(Properties options) {
        return new HostProperties("fusewire-options", Ordered.HIGHEST, options);
    }

    /** What holds where the host sets nothing. */
    public static HostProperties last(Properties defaults) {
        return new HostProperties("fusewire-defaults", Ordered.LOWEST, defaults);
    }

    @Override
    public Properties loadProperties() {
        return loadProperties(any -> true);
    }

    @Override
    public Properties loadProperties(Predicate<String> wanted) {
        Properties found = new Properties();
        properties.stringPropertyNames().stream()
                .filter(wanted)
                .forEach(key -> found.setProperty(key, properties.getProperty(key)));
        return found;
    }

    @Override
    public void reloadProperties(String location) {
        // They have no location.
    }

    @Override
    public String getProperty(String key) {
        return properties.getProperty(key);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public int getOrder() {
        return order;
    }
}
