package io.fusewire.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The properties of Camel's own, by what camel-main says of them: it passes over a group that it doesn't know. */
public final class CamelProperties {
    private static final String METADATA = "/META-INF/camel-main-configuration-metadata.json";
    private static final Pattern NAME = Pattern.compile("camel\\.([\\w-]+)\\.([\\w-]+)");

    /** Their names are those of components and the like, which Camel checks. */
    private static final Set<String> OPEN = Set.of("component", "dataformat", "language");

    private CamelProperties() {}

    /**
     * One sentence for each property that is a slip of one that there is.
     *
     * @param sound those that are known to be right, so that mostly nothing has to be looked up
     */
    public static List<String> faults(Collection<String> keys, Collection<?> sound) {
        Set<String> known = new TreeSet<>();
        List<String> faults = new ArrayList<>();
        for (String key : new TreeSet<>(keys)) {
            Matcher name = NAME.matcher(key);
            if (!name.matches() || sound.contains(key) || OPEN.contains(name.group(1))) {
                continue;
            }
            if (known.isEmpty()) {
                known.addAll(read());
            }
            String dashed = dashed(key);
            if (known.stream().noneMatch(other -> plain(other).equals(plain(dashed)))) {
                Suggestions.near(dashed, known)
                        .ifPresent(
                                near -> faults.add("There is no property '" + key + "'; did you mean '" + near + "'?"));
            }
        }
        return faults;
    }

    private static String plain(String name) {
        return name.replace("-", "");
    }

    private static String dashed(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static List<String> read() {
        try (InputStream in = CamelProperties.class.getResourceAsStream(METADATA)) {
            List<String> names = new ArrayList<>();
            for (JsonNode property : new ObjectMapper().readTree(in).path("properties")) {
                names.add(dashed(property.path("name").asText()));
            }
            return names;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
