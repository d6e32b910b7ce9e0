package io.fusewire.validate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Route files before Camel reads them: what it would pass over (a file that is no list), or tell without the file (an id
 * that stands twice).
 */
public final class RouteFileValidator {
    private static final Set<String> WORDS = new TreeSet<>(Set.of(
            "beans",
            "errorHandler",
            "from",
            "onException",
            "route",
            "routeConfiguration",
            "routeTemplate",
            "templatedRoute"));

    /** In no comment. */
    private static final Pattern TAKES_EVENTS = Pattern.compile("(?m)^[^#\\n]*fusewire:(//)?events");

    private RouteFileValidator() {}

    /**
     * One sentence for each fault.
     *
     * @param files the text of each route file, by its location
     */
    public static List<String> faults(Map<String, String> files) {
        List<String> faults = new ArrayList<>();
        Map<String, String> routes = new LinkedHashMap<>();
        files.forEach((file, text) -> {
            if (file.matches(".*routes/rules/[^/]+")
                    && !TAKES_EVENTS.matcher(text).find()) {
                faults.add(file + " has no rule; the route of a rule is from fusewire:events.");
            }
            if (!file.endsWith(".yaml")) {
                RouteLanguages.fault(file, text).ifPresent(faults::add);
                return;
            }
            try {
                Object all = new Load(LoadSettings.builder().build()).loadFromString(text);
                // Overflows where an alias leads to itself, as Camel would.
                Objects.hashCode(all);
                if (all instanceof List<?> items) {
                    items.forEach(item -> item(file, item, routes, faults));
                } else if (all != null) {
                    faults.add(file + " is no list; each item begins with \"- route:\" or the like.");
                }
            } catch (MarkedYamlEngineException e) {
                faults.add(file + " is not YAML, line "
                        + e.getProblemMark()
                                .map(mark -> String.valueOf(mark.getLine() + 1))
                                .orElse("?") + ": "
                        + e.getProblem() + ".");
            } catch (YamlEngineException e) {
                faults.add(file + " is not YAML: " + ErrorSentences.first(e) + ".");
            } catch (StackOverflowError e) {
                faults.add(file + " is nested too deep, or an alias in it leads to itself.");
            }
        });
        return faults;
    }

    private static void item(String file, Object item, Map<String, String> routes, List<String> faults) {
        if (!(item instanceof Map<?, ?> map) || map.size() != 1) {
            faults.add(file + ": an item is no map with one word; it begins with \"- route:\" or the like.");
            return;
        }
        Object word = map.keySet().iterator().next();
        if (!WORDS.contains(String.valueOf(word))) {
            faults.add(file + ": there is no '" + word + "'; there are " + String.join(", ", WORDS) + ".");
        }
        if ("route".equals(word) && map.get(word) instanceof Map<?, ?> route && route.get("from") == null) {
            faults.add(file + ": route " + route.get("id") + " has no 'from'.");
        }
        if ("route".equals(word) && map.get(word) instanceof Map<?, ?> route && route.get("id") != null) {
            String other = routes.put(String.valueOf(route.get("id")), file);
            if (other != null) {
                faults.add(file + ": the route id '" + route.get("id") + "' is taken in " + other
                        + "; give it another, or your file the name of that one.");
            }
        }
    }
}
