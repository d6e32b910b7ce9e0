package io.fusewire.config;

import java.util.Properties;
import java.util.function.Predicate;
import org.apache.camel.Ordered;
import org.apache.camel.spi.LoadablePropertiesSource;

/** Properties of ours in a Camel context: before all others, or behind them. */
public final class PropertyLayer implements LoadablePropertiesSource, Ordered {
    private final String name;
    private final int order;
    private final Properties properties;

    private PropertyLayer(String name, int order, Properties properties) {
        this.name = name;
        this.order = order;
        this.properties = properties;
    }

    /** What goes before all. */
    public static PropertyLayer first(String name, Properties set) {
        return new PropertyLayer(name, Ordered.HIGHEST, set);
    }

    /** What holds where nothing else is set. */
    public static PropertyLayer last(String name, Properties defaults) {
        return new PropertyLayer(name, Ordered.LOWEST, defaults);
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
