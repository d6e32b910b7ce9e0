package io.fusewire.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * Where properties come from. In Camel the first location wins: the profile's files, then the file beside the jar, then
 * the packed one. Stateless and thread-safe.
 */
public final class PropertySources {
    private static final String FILE = "application.properties";

    /** In the jar they lie in a folder, so that no host takes them for its own. */
    static final String PACKED = "fusewire/";

    private static final Pattern LISTED = Pattern.compile("(?m)^#?([a-z][^\\s=<]+)\\s*=");

    private PropertySources() {}

    /** @param overrides properties that win over all others */
    public static String ofProperties(Map<String, String> overrides) {
        Path folder = configFolder(overrides);
        String profile = profile(overrides);
        String all = both(folder, FILE);
        return profile.isEmpty() ? all : both(folder, "application-" + profile + ".properties") + "," + all;
    }

    /** The profile's name; empty for none. */
    public static String profile(Map<String, String> overrides) {
        return early(overrides, "camel.main.profile")
                .or(() -> profileIn(configFolder(overrides).resolve(FILE)))
                .orElse("");
    }

    /** The folder that is named, else the working folder if it holds configuration, else the jar's. */
    public static Path configFolder(Map<String, String> overrides) {
        Path working = Path.of(".");
        return early(overrides, "fusewire.config-folder")
                .map(Path::of)
                .orElseGet(() ->
                        holdsConfiguration(working) ? working : folderOfJar().orElse(working));
    }

    private static boolean holdsConfiguration(Path folder) {
        return Stream.of(FILE, "kamelets", "routes", "templates").anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    private static Optional<Path> folderOfJar() {
        try {
            Path code = Path.of(PropertySources.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isRegularFile(code) ? Optional.of(code.getParent()) : Optional.empty();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String both(Path folder, String file) {
        return "file:" + folder.resolve(file) + ";optional=true,classpath:" + PACKED + file + ";optional=true";
    }

    /** What must be known before any properties file is read: a system property, or the environment. */
    private static Optional<String> early(Map<String, String> overrides, String key) {
        return Optional.ofNullable(overrides.get(key))
                .or(() -> Optional.ofNullable(System.getProperty(key)))
                .or(() -> Optional.ofNullable(System.getenv(variable(key))));
    }

    private static Optional<String> profileIn(Path file) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try (Reader in = Files.newBufferedReader(file)) {
            Properties properties = new Properties();
            properties.load(in);
            return Optional.ofNullable(properties.getProperty("camel.main.profile"));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file, e);
        }
    }

    /**
     * Puts the overrides first, and behind them what {@code -D} and the environment set. In Camel the latter go before
     * everything, an override too; where a gateway has overrides they must not, or a trial would open the store of the
     * gateway that runs.
     */
    public static void overrideFirst(Map<String, String> overrides, Main main) {
        Map<String, String> all = new HashMap<>();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.matches("(fusewire|sinks|rules|langfuse|camel)\\..+"))
                .forEach(name -> all.put(name, System.getProperty(name)));
        Matcher listed = LISTED.matcher(packedText());
        while (listed.find()) {
            String value = System.getenv(variable(listed.group(1)));
            if (value != null) {
                all.put(listed.group(1), value);
            }
        }
        all.putAll(overrides);
        all.put("camel.main.auto-configuration-environment-variables-enabled", "false");
        all.put("camel.main.auto-configuration-system-properties-enabled", "false");
        all.forEach(main::addOverrideProperty);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                PropertiesComponent properties =
                        (PropertiesComponent) main.getCamelContext().getPropertiesComponent();
                properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
                properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
            }
        });
    }

    /** How the environment writes a property's name. */
    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The application.properties in the jar: every property, and its default. */
    public static String packedText() {
        try (InputStream in = PropertySources.class.getResourceAsStream("/" + PACKED + FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The packed defaults of the properties whose names begin so. */
    public static Properties packed(String... beginnings) {
        Properties all = new Properties();
        try {
            all.load(new StringReader(packedText()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        all.keySet().removeIf(key -> Arrays.stream(beginnings).noneMatch(String.valueOf(key)::startsWith));
        return all;
    }
}
