package io.fusewire.validate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.model.OptionalIdentifiedDefinition;

/** What is looked at before a gateway takes events, in the program and in a host alike. */
public final class StartupValidation {
    private final Map<String, String> routes;
    private final PropertyValidator known;
    private final List<String> faults = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    /**
     * @param routes the texts of all route files in use, by their locations
     * @param packed the text of the packed application.properties
     * @param place where a property is set: {@code in /etc/fusewire/application.properties}, empty if that is not known
     */
    public StartupValidation(Map<String, String> routes, String packed, UnaryOperator<String> place) {
        this.routes = routes;
        this.known = new PropertyValidator(packed, routes.values(), place);
        faults.addAll(RouteFileValidator.faults(routes));
    }

    /** The names of the properties that routes ask for. */
    public Set<String> asked() {
        return known.asked();
    }

    /** What else is known to be wrong. */
    public StartupValidation and(List<String> more) {
        faults.addAll(more);
        return this;
    }

    /** Validates the names of what is set. */
    public StartupValidation and(Properties set) {
        faults.addAll(known.faults(set.stringPropertyNames()));
        faults.addAll(known.unread(set));
        return this;
    }

    /** Where nobody else's properties are: validates that none of ours lacks its beginning. */
    public StartupValidation andShortened(Properties set) {
        faults.addAll(known.shortened(set.stringPropertyNames()));
        return this;
    }

    /**
     * Validates the values of what is set; not of a name that there is not, which is told as such.
     *
     * @param values finds the faults of the properties to look at
     */
    public StartupValidation and(Function<Predicate<String>, List<String>> values) {
        faults.addAll(values.apply(known::isRight));
        return this;
    }

    /**
     * Remarks what the environment may have meant.
     *
     * @param variables those that look like ours and set nothing
     * @param more what else is no fault
     */
    public StartupValidation remark(Collection<String> variables, List<String> more) {
        remarks.addAll(known.unknownVariables(variables));
        remarks.addAll(more);
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
        remarks.addAll(validator.remarks());
        return remarks;
    }
}
