package io.fusewire.config;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * Where the program's properties come from, the last first: the packed files, those in the config folder, {@code -D}, the
 * environment, and what a trial sets. A profile's files go before the plain ones. All is read once.
 */
public final class PropertySources {
    private static final String FILE = PropertyFile.NAME;
    private static final String FOLDER = "fusewire.config-folder";
    private static final String PROFILE = "camel.main.profile";

    /** The folder that relative paths start from; absolute. */
    static final String RELATIVE_TO = "io.fusewire.relative-to";

    private static final Pattern OURS = Pattern.compile("(fusewire|sinks|rules|langfuse|camel)\\..+");

    private final Map<String, String> overrides;
    private final Map<String, String> variables;
    private final Path folder;
    private final String profile;
    private final Properties files = new Properties();
    private final Properties above = new Properties();
    private final Map<String, String> places = new HashMap<>();
    private EnvironmentProperties environment;

    private PropertySources(Map<String, String> overrides, Map<String, String> variables) {
        this.overrides = overrides;
        this.variables = variables;
        this.folder = folder();
        Properties own = PropertyFile.read(folder.resolve(FILE));
        this.profile = early(PROFILE)
                .or(() -> Optional.ofNullable(own.getProperty(PROFILE)))
                .orElse("");
        put(PropertyFile.packed(""), null);
        put(own, folder.resolve(FILE).toString());
        if (!profile.isEmpty()) {
            String file = "application-" + profile + ".properties";
            Path ofProfile = folder.resolve(file);
            if (!List.of("dev", "test", "prod").contains(profile) && !Files.exists(ofProfile)) {
                throw new IllegalArgumentException(PROFILE + ": there is no " + ofProfile + ".");
            }
            PropertyFile.packedText(file).ifPresent(text -> put(PropertyFile.parse(file, text), null));
            put(PropertyFile.read(ofProfile), ofProfile.toString());
        }
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> OURS.matcher(name).matches())
                .forEach(name -> set(name, System.getProperty(name), "by -D"));
        know(List.of());
    }

    /** What holds here and now. {@code overrides} win over all others. */
    public static PropertySources of(Map<String, String> overrides) {
        return of(overrides, System.getenv());
    }

    /**
     * The same in an environment.
     *
     * @throws IllegalArgumentException in one sentence with file and line, when a file can't be read
     */
    public static PropertySources of(Map<String, String> overrides, Map<String, String> environment) {
        return new PropertySources(overrides, environment);
    }

    /** The folder that is named, else the working folder unless only the jar's holds configuration; absolute. */
    public Path configFolder() {
        return folder;
    }

    /** The profile's name; empty for none. */
    public String profile() {
        return profile;
    }

    /** Takes in what the environment sets of further properties, those that routes ask for. */
    public EnvironmentProperties know(Collection<String> further) {
        environment = EnvironmentProperties.of(variables, further);
        environment
                .properties()
                .forEach((name, value) -> set(
                        String.valueOf(name),
                        String.valueOf(value),
                        "by the environment's " + environment.variableOf(String.valueOf(name))));
        above.putAll(overrides);
        above.setProperty(FOLDER, folder.toString());
        above.setProperty(RELATIVE_TO, folder.toString());
        overrides.keySet().forEach(places::remove);
        return environment;
    }

    /** Where the program's own are set, for a sentence: {@code in /etc/fusewire/application.properties}; else empty. */
    public String placeOf(String property) {
        return places.getOrDefault(property, "");
    }

    /** The program's properties are these, whatever Camel would look for. */
    public void into(Main main) {
        main.setPropertyPlaceholderLocations("false");
        if (!overrides.isEmpty()) {
            // Else a trial would open the store of the gateway that runs.
            main.addOverrideProperty("camel.main.auto-configuration-environment-variables-enabled", "false");
        }
        main.addOverrideProperty("camel.main.auto-configuration-system-properties-enabled", "false");
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                into(main.getCamelContext());
            }
        });
    }

    /** Once; what becomes known later is in them too. */
    public void into(CamelContext camel) {
        PropertiesComponent properties = (PropertiesComponent) camel.getPropertiesComponent();
        properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
        properties.addPropertiesSource(PropertyLayer.first("fusewire-process", above));
        properties.addPropertiesSource(PropertyLayer.last("fusewire-files", files));
    }

    private void set(String name, String value, String place) {
        above.setProperty(name, value);
        places.put(name, place);
    }

    private void put(Properties read, String file) {
        read.stringPropertyNames().forEach(name -> {
            files.setProperty(name, read.getProperty(name));
            if (file == null) {
                places.remove(name);
            } else {
                places.put(name, "in " + file);
            }
        });
    }

    private Path folder() {
        Path working = Path.of("");
        Path found = early(FOLDER)
                .map(PropertySources::existing)
                .orElseGet(() -> holdsConfiguration(working)
                        ? working
                        : folderOfJar()
                                .filter(PropertySources::holdsConfiguration)
                                .orElse(working));
        return found.toAbsolutePath().normalize();
    }

    /** A slip in its name would put all that was configured out of force. */
    private static Path existing(String named) {
        Path folder = Path.of(named).toAbsolutePath().normalize();
        if (!Files.isDirectory(folder) || !Files.isExecutable(folder)) {
            throw new IllegalArgumentException(
                    FOLDER + ": there is no folder " + folder + ", or this user may not look into it.");
        }
        return folder;
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

    /** What must be known before any file is read. */
    private Optional<String> early(String key) {
        Properties set = new EnvironmentProperties(variables, List.of(key)).properties();
        return Stream.of(overrides.get(key), set.getProperty(key), System.getProperty(key))
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }
}
