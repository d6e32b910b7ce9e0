package io.fusewire.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.util.TimeUtils;

/** The properties of a Camel context, typed. A value that can't be read names its property. */
public final class Settings {
    private static final Pattern DURATION = Pattern.compile("\\d+|(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)?");
    private static final Pattern SOURCE = Pattern.compile("fusewire\\.sources\\.([a-z0-9][a-z0-9-]*)\\..+");
    private static final Pattern SOURCE_IN_ENVIRONMENT = Pattern.compile("FUSEWIRE_SOURCES_([A-Z0-9]+)_.+");

    private final PropertiesComponent properties;

    public Settings(CamelContext camel) {
        this.properties = camel.getPropertiesComponent();
    }

    /** What a gateway that is started here would have; for commands that start none. */
    public static Settings here() {
        CamelContext unstarted = new DefaultCamelContext(false);
        unstarted.getPropertiesComponent().setLocation(PropertySources.ofProperties(Map.of()));
        return new Settings(unstarted);
    }

    /** The value, from a system property, the environment or a file; empty when blank. */
    public Optional<String> find(String key) {
        return properties.resolveProperty(key).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String get(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException(key + " is not set"));
    }

    /** A secret: the property itself, or the content of the file that {@code <key>-file} names. */
    public Optional<String> secret(String key) {
        return find(key).or(() -> find(key + "-file").map(file -> read(key + "-file", file)));
    }

    /** In the writing of Camel: {@code 500}, {@code 30s}, {@code 5m}, {@code 24h}. */
    public Duration duration(String key) {
        if (!DURATION.matcher(get(key)).matches()) {
            throw new IllegalArgumentException(key + ": '" + get(key) + "' is not a duration such as 30s or 5m");
        }
        return Duration.ofMillis(TimeUtils.toMilliSeconds(get(key)));
    }

    /** Bytes: {@code 1048576}, {@code 512KiB}, {@code 1MiB}. */
    public long size(String key) {
        Matcher size = SIZE.matcher(get(key));
        if (!size.matches()) {
            throw new IllegalArgumentException(key + ": '" + get(key) + "' is not a size such as 512KiB or 1MiB");
        }
        int power = size.group(2) == null ? 0 : "BKMG".indexOf(size.group(2).charAt(0));
        return Long.parseLong(size.group(1)) << (10 * power);
    }

    /** A time zone by its name, such as {@code Europe/Berlin}; the system's where none is named. */
    public ZoneId zone(String key) {
        try {
            return find(key).map(ZoneId::of).orElseGet(ZoneId::systemDefault);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    key + ": '" + get(key) + "' is not a time zone such as Europe/Berlin or UTC", e);
        }
    }

    public int number(String key) {
        try {
            return Integer.parseInt(get(key));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + ": '" + get(key) + "' is not a whole number", e);
        }
    }

    public boolean flag(String key) {
        return switch (get(key).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(key + ": '" + get(key) + "' is neither true nor false");
        };
    }

    /** The names of the sources that any property, system property or environment variable configures. */
    public Set<String> sources() {
        return names(SOURCE, SOURCE_IN_ENVIRONMENT);
    }

    /** The first groups of the properties, system properties and environment variables that look like this. */
    Set<String> names(Pattern property, Pattern variable) {
        Set<String> names = new TreeSet<>();
        Properties all = properties.loadProperties();
        all.stringPropertyNames().forEach(key -> add(names, property.matcher(key)));
        System.getProperties().stringPropertyNames().forEach(key -> add(names, property.matcher(key)));
        System.getenv().keySet().forEach(key -> add(names, variable.matcher(key)));
        return names;
    }

    private static void add(Set<String> names, Matcher matcher) {
        if (matcher.matches()) {
            names.add(matcher.group(1).toLowerCase(Locale.ROOT));
        }
    }

    static String read(String key, String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(key + ": cannot read the file " + file, e);
        }
    }
}
