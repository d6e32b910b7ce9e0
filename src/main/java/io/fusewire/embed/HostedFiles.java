package io.fusewire.embed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Route files and Kamelets as a host's context can hold them. Every id gets a prefix, as do the names of our parts, so that
 * none is a name of the host's. Our Kamelets leave errors to the route that calls them, and our HTTP calls take a
 * component of their own, whatever the host set for the components of those names. No route starts by itself.
 */
public final class HostedFiles {
    public static final String PREFIX = "fusewire-";

    private static final Set<String> IDS = Set.of("id", "routeId", "routeTemplateRef", "routeConfigurationId");
    private static final Set<String> REFERENCES =
            Set.of("ref", "onRedeliveryRef", "onExceptionOccurredRef", "idempotentRepository");
    private static final Set<String> CALLS = Set.of("to", "from");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> parts;
    private final Map<String, String> schemes;

    /**
     * @param parts the names of our parts, without the prefix
     * @param schemes what stands in place of a component's name
     */
    HostedFiles(Set<String> parts, Map<String, String> schemes) {
        this.parts = parts;
        this.schemes = schemes;
    }

    /** The file, as JSON, which is YAML too. */
    String rewritten(String yaml) {
        Object file = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        try {
            return JSON.writeValueAsString(value("", file));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(String key, Object value) {
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(each -> all.add(value("", each)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            return map(key, map);
        }
        if (value instanceof String text && CALLS.contains(key)) {
            return call(Map.of("uri", text));
        }
        if (IDS.contains(key)) {
            return PREFIX + value;
        }
        return REFERENCES.contains(key) && parts.contains(value) ? PREFIX + value : value;
    }

    private Object map(String key, Map<?, ?> map) {
        if (key.equals("parameters")) {
            return map;
        }
        if (CALLS.contains(key)) {
            return call(map);
        }
        Map<String, Object> all = each(map);
        if (key.equals("route")) {
            all.put("autoStartup", "false");
            all.put("streamCache", "false");
        }
        return all;
    }

    private Map<String, Object> each(Map<?, ?> map) {
        Map<String, Object> all = new LinkedHashMap<>();
        map.forEach((name, content) -> all.put(String.valueOf(name), value(String.valueOf(name), content)));
        return all;
    }

    private Map<String, Object> call(Map<?, ?> step) {
        Map<String, Object> all = each(step);
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (step.get("parameters") instanceof Map<?, ?> given) {
            given.forEach((name, content) -> parameters.put(String.valueOf(name), content));
        }
        parameters.remove("platformHttpEngine");
        String uri = String.valueOf(step.get("uri"));
        String scheme = uri.substring(0, Math.max(0, uri.indexOf(':')));
        if (scheme.equals("kamelet") && !uri.matches("kamelet:(source|sink)\\b.*")) {
            parameters.put("noErrorHandler", "true");
        }
        all.put("uri", schemes.getOrDefault(scheme, scheme) + uri.substring(scheme.length()));
        all.put("parameters", parameters);
        return all;
    }
}
