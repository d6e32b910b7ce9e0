package io.fusewire.validate;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.model.OptionalIdentifiedDefinition;

/** What is looked at before a gateway takes events, in the program and in a host alike. */
public final class StartupValidation {
    private final Map<String, String> routes;
    private final List<String> faults = new ArrayList<>();

    /** @param routes the texts of all route files in use, by their locations */
    public StartupValidation(Map<String, String> routes) {
        this.routes = routes;
        faults.addAll(RouteFileValidator.faults(routes));
    }

    /** What else is known to be wrong. */
    public StartupValidation and(List<String> more) {
        faults.addAll(more);
        return this;
    }

    /**
     * Validates what is set.
     *
     * @param packed the text of the packed application.properties
     * @param ports the ports that are to be listened at, by the properties that name them
     */
    public StartupValidation and(Properties set, String packed, Map<String, InetSocketAddress> ports) {
        PropertyValidator known = new PropertyValidator(packed, routes.values());
        faults.addAll(known.faults(set.stringPropertyNames()));
        faults.addAll(known.unread(set));
        faults.addAll(PropertyValidator.badUrls(set));
        faults.addAll(PropertyValidator.takenPorts(ports));
        return this;
    }

    /**
     * Before anything is loaded.
     *
     * @throws IllegalArgumentException with a sentence for each fault
     */
    public void refuse() {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", faults));
        }
    }

    /**
     * Once all is loaded, and before any of it runs.
     *
     * @param ours which routes and policies of the context to look at
     * @return what is no fault, and maybe not what was meant
     * @throws IllegalArgumentException with a sentence for each fault
     */
    public List<String> loaded(CamelContext camel, Predicate<OptionalIdentifiedDefinition<?>> ours) {
        RouteValidator validator = new RouteValidator(camel, ours);
        faults.addAll(validator.faults());
        Map<String, String> own = new HashMap<>(routes);
        own.keySet().removeIf(location -> location.startsWith("classpath:"));
        faults.addAll(SchemaValidator.faults(own));
        faults.addAll(RouteLanguages.withoutRoute(camel, own.keySet()));
        refuse();
        return validator.remarks();
    }
}
