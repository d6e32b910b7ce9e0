package io.fusewire.component;

import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;

/** Makes the endpoints of one of the component's words. Thread-safe. */
@FunctionalInterface
public interface EndpointFactory {
    /**
     * Makes an endpoint. The component then sets, by setters, the parameters that are left.
     *
     * @param object what stands behind the word: {@code slack} in {@code fusewire:deliveries/slack}, or empty
     * @param parameters those of the URI; what the factory takes itself, it removes
     * @throws IllegalArgumentException in one sentence, where the object is none
     */
    Endpoint create(String uri, Component component, String object, Map<String, Object> parameters);
}
