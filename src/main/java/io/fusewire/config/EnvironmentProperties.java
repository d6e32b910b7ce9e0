package io.fusewire.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of the environment that set properties: {@code FUSEWIRE_SOURCES_EU_PROD_SECRETS}, in capitals or not, with
 * {@code _} for {@code .} and {@code -}. A name that people give ({@code eu-prod}) has no {@code _}, so that there is one
 * way to read it. Immutable.
 */
public final class EnvironmentProperties {
    private static final Pattern OURS = Pattern.compile("(fusewire|sinks|rules|langfuse|camel)_.+");
    private static final Pattern GIVEN = Pattern.compile("<\\w+>");

    /** What Kubernetes sets for a Service: where it listens, in several forms. */
    private static final Pattern OF_A_SERVICE =
            Pattern.compile(".+_(service_(host|port)(_.+)?|port_\\d+_(tcp|udp|sctp)(_(proto|port|addr))?)");

    private static final Pattern ADDRESS_OF_A_SERVICE = Pattern.compile("(tcp|udp|sctp)://.+");

    private final Map<String, String> plain = new HashMap<>();
    private final Map<Pattern, String> withNames = new LinkedHashMap<>();
    private final Properties properties = new Properties();
    private final Map<String, String> variables = new HashMap<>();
    private final Set<String> unknown = new TreeSet<>();
    private final List<String> remarks = new ArrayList<>();

    /**
     * Reads the environment.
     *
     * @param environment the values by the variables' names
     * @param known the names of the properties that there are, with {@code <name>} for what people name
     */
    EnvironmentProperties(Map<String, String> environment, Collection<String> known) {
        Set<String> all =
                new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(name -> name));
        known.forEach(name -> {
            all.add(name);
            all.add(name + "-file");
            // What holds for all polls can be set for one.
            all.add(name.replaceFirst("^fusewire\\.poll\\.(?!<)", "fusewire.poll.<name>."));
        });
        all.forEach(this::know);
        // Capitals first: who has both means those.
        new TreeMap<>(environment).forEach(this::read);
        variables.forEach(this::remarkOtherReading);
    }

    /** Those of this process; {@code further} are properties that routes ask for. */
    public static EnvironmentProperties here(Collection<String> further) {
        return of(System.getenv(), further);
    }

    static EnvironmentProperties of(Map<String, String> environment, Collection<String> further) {
        List<String> known = new ArrayList<>(further);
        known.addAll(PropertyFile.listed());
        return new EnvironmentProperties(environment, known);
    }

    private void know(String name) {
        String variable = variable(name);
        if (GIVEN.matcher(name).find()) {
            withNames.put(Pattern.compile(GIVEN.matcher(variable).replaceFirst("([a-z0-9]+(?:_[a-z0-9]+)*)")), name);
        } else {
            plain.put(variable, name);
        }
    }

    private void read(String name, String value) {
        String variable = variable(name);
        if (!OURS.matcher(variable).matches()) {
            return;
        }
        String property = properties(variable).stream().findFirst().orElse(null);
        if (OF_A_SERVICE.matcher(variable).matches()
                || variable.endsWith("_port")
                        && ADDRESS_OF_A_SERVICE.matcher(value).matches()) {
            if (property != null) {
                remarks.add("The environment variable " + name + " is not taken as " + property
                        + ": Kubernetes sets it for a Service of that name. Set enableServiceLinks: false in the pod,"
                        + " or call the Service something else.");
            }
        } else if (property == null) {
            unknown.add(name);
        } else if (properties.putIfAbsent(property, value) == null) {
            variables.put(property, name);
        }
    }

    /** How the variable can be read, the longest known ending first: {@code slack-webhook-url} before {@code webhook-url}. */
    private List<String> properties(String variable) {
        if (plain.containsKey(variable)) {
            return List.of(plain.get(variable));
        }
        List<String> found = new ArrayList<>();
        withNames.forEach((pattern, name) -> {
            Matcher matcher = pattern.matcher(variable);
            if (matcher.matches()) {
                found.add(GIVEN.matcher(name).replaceFirst(matcher.group(1).replace('_', '-')));
            }
        });
        return found;
    }

    /** One that is set otherwise too has what this variable would have set for it. */
    private void remarkOtherReading(String property, String name) {
        properties(variable(name)).stream()
                .skip(1)
                .filter(other -> variables.keySet().stream()
                        .anyMatch(set -> set.startsWith(other.substring(0, other.lastIndexOf('.') + 1))))
                .forEach(other -> remarks.add("The environment variable " + name + " is taken as " + property
                        + ", not as " + other + "; set that one in a file."));
    }

    /** What they set. */
    public Properties properties() {
        return properties;
    }

    /** The variable that sets a property, or null. */
    String variableOf(String property) {
        return variables.get(property);
    }

    /** Those that look like ours and set nothing. */
    public Set<String> unknown() {
        return unknown;
    }

    /** What is no fault, and maybe not what was meant. */
    public List<String> remarks() {
        return remarks;
    }

    private static String variable(String name) {
        return name.toLowerCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
