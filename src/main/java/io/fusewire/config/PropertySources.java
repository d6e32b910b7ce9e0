package io.fusewire.config;

import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Where properties come from. In Camel the first location wins: the profile's files, then the file beside the jar, then the packed one. */
public final class PropertySources {
    private static final String FILE = "application.properties";

    /** In the jar they lie in a folder, so that no host takes them for its own. */
    static final String PACKED = "fusewire/";

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
        return Stream.of(FILE, "routes", "templates").anyMatch(name -> Files.exists(folder.resolve(name)));
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
                .or(() -> Optional.ofNullable(System.getenv(ProcessProperties.variable(key))));
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
}
