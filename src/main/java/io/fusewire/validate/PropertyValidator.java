package io.fusewire.validate;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds properties that are wrong. Those of ours that nothing reads: known are those that the packed
 * application.properties lists (a line {@code #name =} lists one without a default), those that a loaded route asks for,
 * and each with {@code -file} behind.
 */
public final class PropertyValidator {
    private static final Pattern OURS = Pattern.compile("(fusewire|sinks|rules|langfuse)\\..+");
    private static final Pattern LISTED = Pattern.compile("(?m)^#?((?:fusewire|sinks|rules|langfuse)\\.[^\\s=]+)\\s*=");
    private static final Pattern ASKED_FOR = Pattern.compile("\\{\\{\\??((?:fusewire|sinks|rules)\\.[^}:]+)[:}]");
    private static final List<Pattern> OF_SINKS = Stream.of("address", "channel", "secret", "token")
            .map(option -> Pattern.compile(
                    "(?s)fusewire:(?://)?deliveries/([\\w-]+).*?\\b" + option + "[\"']?\\s*[:=]\\s*[\"']?([\\w-]+)"))
            .toList();

    private static final Pattern ALERT = Pattern.compile("fusewire:(?://)?alert/([\\w-]+)");

    /** What {@code fusewire:alert/<rule>} reads, of its rule or of all. */
    private static final List<String> OF_RULES =
            List.of("group-by", "group-wait", "group-interval", "repeat-interval", "resolve-after");

    /** What only routes read; the rest of ours is read in Java, whatever the routes are. */
    private static final Pattern OF_ROUTES = Pattern.compile("sinks\\..+|rules\\.(?!time-zone$).+");

    private static final List<String> BEGINNINGS = List.of("fusewire.", "sinks.", "rules.", "langfuse.");

    /** A name that people give: of a source or of a poll. */
    private static final Pattern GIVEN = Pattern.compile("fusewire\\.(source|poll)s?\\.([^.]+)\\.(.+)");

    private final Set<String> known = new TreeSet<>();
    private final Set<String> read = new TreeSet<>();
    private final Properties defaults = new Properties();
    private final UnaryOperator<String> place;

    /**
     * @param packed the text of the packed application.properties
     * @param routes the texts of all route files in use
     * @param place where a property is set: {@code in /etc/fusewire/application.properties}, empty if that is not known
     */
    public PropertyValidator(String packed, Collection<String> routes, UnaryOperator<String> place) {
        this.place = place;
        Matcher listed = LISTED.matcher(packed);
        while (listed.find()) {
            known.add(listed.group(1));
        }
        for (String route : routes) {
            Matcher asked = ASKED_FOR.matcher(route);
            while (asked.find()) {
                read.add(asked.group(1));
            }
            Matcher alert = ALERT.matcher(route);
            while (alert.find()) {
                OF_RULES.forEach(option -> read.add("rules." + alert.group(1) + "." + option));
                read.add("rules." + alert.group(1) + ".unless");
            }
            for (Pattern option : OF_SINKS) {
                Matcher named = option.matcher(route);
                while (named.find()) {
                    read.add("sinks." + named.group(1) + "." + named.group(2));
                    read.add("fusewire.sources.<name>." + named.group(1) + "-" + named.group(2));
                }
            }
        }
        OF_RULES.forEach(option -> read.add("rules." + option));
        read.add("rules.max-open-incidents");
        known.addAll(read);
        try {
            defaults.load(new StringReader(packed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One sentence for each property that isn't known, with the nearest that is. */
    public List<String> faults(Collection<String> keys) {
        List<String> faults = new ArrayList<>();
        for (String each : new TreeSet<>(keys)) {
            String key = each.replaceFirst("\\[\\d+]$", "");
            Matcher given = GIVEN.matcher(key);
            if (given.matches() && !isKnown(key) && isKnown(key.replace(given.group(2), "name"))) {
                faults.add(key + ": '" + given.group(2) + "' is no name for a " + given.group(1)
                        + "; it is of small letters, digits and -.");
            } else if (OURS.matcher(key).matches() && !isKnown(key)) {
                faults.add(RenamedWords.now(key)
                        .map(now -> missing(each) + "it is called '" + now + "'.")
                        .orElseGet(() -> OF_ROUTES.matcher(key).matches()
                                        && Suggestions.near(key, known).isEmpty()
                                ? unread(each)
                                : meant(each, Suggestions.of(key, known).orElse(""))));
            }
        }
        return faults;
    }

    /** One sentence for each that would be one of ours with a word before it, where nobody else's properties are. */
    public List<String> shortened(Collection<String> keys) {
        return new TreeSet<>(keys)
                .stream()
                        .flatMap(key -> BEGINNINGS.stream()
                                .map(beginning -> beginning + key)
                                .filter(this::isKnown)
                                .map(whole -> meant(key, whole)))
                        .toList();
    }

    private String meant(String key, String other) {
        return missing(key) + "did you mean '" + other + "'?";
    }

    private String missing(String key) {
        return "There is no property " + named(key) + "; ";
    }

    private String named(String key) {
        String where = place.apply(key);
        return "'" + key.replaceFirst("\\[\\d+]$", "") + "'" + (where.isEmpty() ? "" : " (set " + where + ")");
    }

    /** Whether the name is none of ours, or one that there is. */
    boolean isRight(String name) {
        return !OURS.matcher(name).matches() || isKnown(name.replaceFirst("\\[\\d+]$", ""));
    }

    /** One sentence for each of those that are known and have another value than the packed one, though no route in use reads it. */
    public List<String> unread(Properties properties) {
        return new TreeSet<>(properties.stringPropertyNames())
                .stream()
                        .filter(key -> OF_ROUTES.matcher(key).matches()
                                && !properties.getProperty(key).equals(defaults.getProperty(key)))
                        .filter(key -> isKnown(key) && !read.contains(plain(key)))
                        .map(this::unread)
                        .toList();
    }

    private String unread(String key) {
        return "Nothing reads the property " + named(key) + "; remove it, or let a route ask for it: {{" + key + "}}.";
    }

    private static String plain(String key) {
        return key.endsWith("-file") ? key.substring(0, key.length() - "-file".length()) : key;
    }

    private boolean isKnown(String key) {
        String plain = plain(key);
        String unnamed = plain.replaceFirst("^fusewire\\.sources\\.[a-z0-9][a-z0-9-]*\\.", "fusewire.sources.<name>.");
        String ofPoll = plain.replaceFirst("^fusewire\\.poll\\.[a-z0-9][a-z0-9-]*\\.", "fusewire.poll.<name>.");
        return known.contains(key)
                || known.contains(plain)
                || known.contains(unnamed)
                || known.contains(ofPoll)
                || known.contains(ofPoll.replace(".<name>", ""));
    }

    /** One sentence for each variable of the environment with a name like ours that sets nothing, with the nearest that does. */
    List<String> unknownVariables(Collection<String> variables) {
        Map<String, String> written = new TreeMap<>();
        known.forEach(name ->
                written.put(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), name));
        List<String> remarks = new ArrayList<>();
        for (String variable : variables) {
            String capitals =
                    variable.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            Optional<String> near = Suggestions.near(capitals, written.keySet());
            if (near.isPresent() || !capitals.startsWith("CAMEL_")) {
                remarks.add("The environment variable " + variable + " sets nothing; did you mean "
                        + near.or(() -> Suggestions.of(capitals, written.keySet()))
                                .orElse("") + "?");
            }
        }
        return remarks;
    }

    /** Those that routes ask for. */
    Set<String> asked() {
        return read;
    }
}
