package io.fusewire.config;

import io.fusewire.text.TextFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.util.TimeUtils;

/** The properties of a Camel context, typed. A value that can't be read names its property. */
public final class Settings {
    /** Not so long that its milliseconds would overflow. A number without a unit would be meant as seconds or minutes. */
    private static final Pattern DURATION =
            Pattern.compile("0|(?=.)(\\d{1,6}d)?(\\d{1,6}h)?(\\d{1,9}m)?(\\d{1,9}s)?(\\d{1,12}ms)?");

    static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(B|KiB|MiB|GiB)?|\\d{1,12}");
    private static final Pattern MISSING = Pattern.compile("\\[([^\\]]+)]");
    private static final Pattern SOURCE = Pattern.compile("fusewire\\.sources\\.([a-z0-9][a-z0-9-]*)\\..+");

    private final PropertiesComponent properties;

    public Settings(CamelContext camel) {
        this.properties = camel.getPropertiesComponent();
    }

    /** What a gateway that is started here would have; for commands that start none. */
    public static Settings here() {
        CamelContext unstarted = new DefaultCamelContext(false);
        PropertySources.of(Map.of()).into(unstarted);
        return new Settings(unstarted);
    }

    /** The value, from wherever it comes; empty when blank. A list, {@code key[0]} and so on, has commas between. */
    public Optional<String> find(String key) {
        return value(key).or(() -> list(key)).filter(value -> !value.isEmpty());
    }

    private Optional<String> value(String key) {
        return properties.resolveProperty(key).map(String::strip);
    }

    /** As YAML writes one in a host. */
    private Optional<String> list(String key) {
        List<String> items = Stream.iterate(0, i -> i + 1)
                .map(i -> value(key + "[" + i + "]"))
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .toList();
        return items.isEmpty() ? Optional.empty() : Optional.of(String.join(",", items));
    }

    public String get(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException(key + " is not set"));
    }

    /** A secret: the property itself, or the content of the file that {@code <key>-file} names. */
    public Optional<String> secret(String key) {
        return find(key).or(() -> find(key + "-file").map(file -> read(key + "-file")));
    }

    /** A file or a folder. What is relative is so to the program's config folder; in a host, to the working folder. */
    public Path path(String key) {
        try {
            return find(PropertySources.RELATIVE_TO)
                    .map(Path::of)
                    .orElse(Path.of(""))
                    .resolve(get(key))
                    .toAbsolutePath()
                    .normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(key + ": '" + get(key) + "' is not a path", e);
        }
    }

    /** Whether it is written as Camel writes durations, with its units: {@code 500ms}, {@code 30s}, {@code 1h30m}; or 0. */
    public static boolean isDuration(String text) {
        return DURATION.matcher(text).matches();
    }

    /** As {@link #isDuration} tells. */
    public Duration duration(String key) {
        if (!isDuration(get(key))) {
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
        if (size.group(2) == null) {
            return Long.parseLong(get(key));
        }
        return Long.parseLong(size.group(1))
                << (10 * "BKMG".indexOf(size.group(2).charAt(0)));
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

    /** The names of the sources that any property configures. */
    public Set<String> sources() {
        return names(SOURCE);
    }

    /** The first groups of the properties that look like this. */
    Set<String> names(Pattern property) {
        Set<String> names = new TreeSet<>();
        for (String key : keys()) {
            Matcher matcher = property.matcher(key);
            if (matcher.matches()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    /** The names of the properties that are set, as far as they can be listed. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>(properties.loadProperties().stringPropertyNames());
        keys.addAll(System.getProperties().stringPropertyNames());
        return keys;
    }

    /** What the property asks for and is not set, such as {@code env:TOKEN}; empty where it can be resolved. */
    Optional<String> missing(String key) {
        try {
            properties.parseUri("{{" + key + "}}");
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            Matcher missing = MISSING.matcher(e.getMessage());
            return Optional.of(missing.find() ? missing.group(1) : "a value");
        }
    }

    /** The text of the file that the property names. */
    String read(String key) {
        Path file = path(key);
        try {
            String text = TextFile.read(file).strip();
            if (text.isEmpty()) {
                throw new IllegalArgumentException(key + ": the file " + file + " is empty");
            }
            return text;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    key + ": cannot read the file " + file + "; is it there, and may this user read it?", e);
        }
    }
}
