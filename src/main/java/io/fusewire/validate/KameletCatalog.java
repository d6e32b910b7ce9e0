package io.fusewire.validate;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.URISupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Kamelets that are there, and what each needs. */
final class KameletCatalog {
    private static final String ENDING = ".kamelet.yaml";

    private final Map<String, List<String>> required = new TreeMap<>();

    KameletCatalog(CamelContext camel) {
        try {
            for (Resource found :
                    PluginHelper.getPackageScanResourceResolver(camel).findResources("classpath:kamelets/*" + ENDING)) {
                String file = found.getLocation().substring(found.getLocation().lastIndexOf('/') + 1);
                required.put(file.replace(ENDING, ""), required(found));
            }
        } catch (Exception e) {
            throw new IllegalStateException("the Kamelets can't be listed", e);
        }
    }

    private static List<String> required(Resource kamelet) throws IOException {
        try (InputStream in = kamelet.getInputStream()) {
            Object all = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            List<String> names = new ArrayList<>();
            if (at(at(at(all, "spec"), "definition"), "required") instanceof List<?> list) {
                list.forEach(name -> names.add(String.valueOf(name)));
            }
            return names;
        }
    }

    private static Object at(Object map, String key) {
        return map instanceof Map<?, ?> known ? known.get(key) : null;
    }

    /** What is wrong with a call of a Kamelet, for a sentence that names who calls. */
    Optional<String> fault(String uri) {
        String name = uri.substring("kamelet:".length()).replaceFirst("[/?].*", "");
        if (!required.containsKey(name)) {
            return Optional.of(
                    "asks for the Kamelet '" + name + "'; there are " + String.join(", ", required.keySet()) + ".");
        }
        Set<String> given = parameters(uri).keySet();
        return required.get(name).stream()
                .filter(parameter -> !given.contains(parameter))
                .findFirst()
                .map(parameter -> "gives the Kamelet '" + name + "' no '" + parameter + "', which it needs.");
    }

    private static Map<String, Object> parameters(String uri) {
        try {
            return URISupport.parseQuery(URISupport.extractQuery(uri));
        } catch (Exception e) {
            return Map.of();
        }
    }
}
