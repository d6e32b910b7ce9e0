package io.fusewire.component;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** The component {@code fusewire}. Its words are registered by the packages that know what they mean, before a route asks. */
public final class FusewireComponent extends DefaultComponent {
    private static final Map<String, String> FORMER_OPTIONS = Map.of("idle", "pollInterval", "gather", "linger");

    private final Map<String, EndpointFactory> factories = new LinkedHashMap<>();
    private final Map<String, String> forms = new LinkedHashMap<>();
    private final Map<String, String> renamed = new LinkedHashMap<>();

    /**
     * @param form how the word is written: {@code render}, or with what stands behind it, {@code deliveries/<sink>}
     * @param formerly what it was called: refused, with the present name
     */
    public void register(String form, EndpointFactory factory, String... formerly) {
        String word = word(form);
        forms.put(word, form);
        factories.put(word, factory);
        for (String former : formerly) {
            renamed.put(former, form);
        }
    }

    /** How each word is written, in the order in which they were registered. */
    Collection<String> forms() {
        return forms.values();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        String word = word(remaining);
        EndpointFactory factory = factories.get(word);
        if (factory == null) {
            throw new IllegalArgumentException("fusewire:" + remaining + ": there is no '" + word + "'; "
                    + (renamed.containsKey(word)
                            ? "it is called " + renamed.get(word)
                            : "there are " + String.join(", ", forms.values())));
        }
        String object = remaining.substring(Math.min(word.length() + 1, remaining.length()));
        Endpoint endpoint = factory.create(uri, this, object, parameters);
        setProperties(endpoint, parameters);
        if (!parameters.isEmpty()) {
            String unknown = parameters.keySet().iterator().next();
            throw new IllegalArgumentException("fusewire:" + word + " has no option '" + unknown + "'; "
                    + (FORMER_OPTIONS.containsKey(unknown)
                            ? "it is called " + FORMER_OPTIONS.get(unknown) + "."
                            : "there are " + options(endpoint) + "."));
        }
        return endpoint;
    }

    private static String word(String written) {
        return written.contains("/") ? written.substring(0, written.indexOf('/')) : written;
    }

    private static String options(Endpoint endpoint) {
        return Arrays.stream(endpoint.getClass().getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("set"))
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .sorted()
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), names -> names.isEmpty() ? "none" : names));
    }
}
