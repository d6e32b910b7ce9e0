package io.fusewire.embed;

import io.fusewire.config.HttpMode;
import io.fusewire.config.PropertyFile;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/**
 * What a host has set of ours.
 *
 * @param set the names under {@code fusewire.} that can be listed, with their values
 * @param defaults what holds where the host sets nothing, and what it sets that Camel can look up and not list
 */
record HostProperties(Properties set, Properties defaults) {
    private static final String[] OURS = {
        "fusewire.",
        "sinks.",
        "rules.",
        "langfuse.",
        "camel.component.fusewire-http.",
        HttpMode.WEBHOOK_HOST,
        HttpMode.WEBHOOK_PORT,
        HttpMode.ADMIN_HOST,
        HttpMode.ADMIN_PORT
    };

    /** Before anything of ours is put into the host's context. */
    static HostProperties of(CamelContext host) {
        Properties defaults = PropertyFile.packed(OURS);
        defaults.setProperty("fusewire.config-folder", "fusewire");
        // Spring's properties, for one, come after every source.
        defaults.keySet().removeIf(key -> host.getPropertiesComponent()
                .resolveProperty(String.valueOf(key))
                .isPresent());
        Properties set = new Properties();
        for (String name : names(host)) {
            host.getPropertiesComponent().resolveProperty(name).ifPresent(value -> set.setProperty(name, value));
        }
        defaults.putAll(set);
        return new HostProperties(set, defaults);
    }

    private static Set<String> names(CamelContext host) {
        Set<String> names =
                new TreeSet<>(host.getPropertiesComponent().loadProperties().stringPropertyNames());
        names.addAll(System.getProperties().stringPropertyNames());
        Object environment = host.getRegistry().lookupByName("environment");
        if (environment != null) {
            names.addAll(ofSpring(environment));
        }
        names.removeIf(name -> !name.startsWith("fusewire."));
        return names;
    }

    /** By reflection, since most hosts have no Spring. In its own writing a name may have capitals: {@code maxBodySize}. */
    private static Set<String> ofSpring(Object environment) {
        Set<String> names = new TreeSet<>();
        try {
            ClassLoader spring = environment.getClass().getClassLoader();
            Class<?> configurable = spring.loadClass("org.springframework.core.env.ConfigurableEnvironment");
            Class<?> enumerable = spring.loadClass("org.springframework.core.env.EnumerablePropertySource");
            if (configurable.isInstance(environment)) {
                for (Object source : (Iterable<?>)
                        configurable.getMethod("getPropertySources").invoke(environment)) {
                    if (enumerable.isInstance(source)) {
                        for (Object name : (Object[])
                                enumerable.getMethod("getPropertyNames").invoke(source)) {
                            names.add(String.valueOf(name)
                                    .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                                    .toLowerCase(Locale.ROOT));
                        }
                    }
                }
            }
        } catch (ReflectiveOperationException e) {
            // Another bean of this name, or another Spring: it is asked name by name then, as any host is.
            return Set.of();
        }
        return names;
    }
}
