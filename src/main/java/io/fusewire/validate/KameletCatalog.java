package io.fusewire.validate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.URISupport;

/** The Kamelets that are there, and what each needs. */
final class KameletCatalog {
    private static final String ENDING = ".kamelet.yaml";

    private final CamelContext camel;
    private final Map<String, List<String>> required = new TreeMap<>();

    KameletCatalog(CamelContext camel) {
        this.camel = camel;
        camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteTemplateDefinitions().stream()
                .filter(template -> ErrorSentences.file(template).endsWith(ENDING))
                .forEach(kamelet -> required.put(kamelet.getId(), required(kamelet)));
    }

    private static List<String> required(RouteTemplateDefinition kamelet) {
        return kamelet.getTemplateParameters() == null
                ? List.of()
                : kamelet.getTemplateParameters().stream()
                        .filter(parameter -> parameter.isRequired() && parameter.getDefaultValue() == null)
                        .map(RouteTemplateParameterDefinition::getName)
                        .toList();
    }

    /** What is wrong with a call of a Kamelet, for a sentence that names who calls. */
    Optional<String> fault(String uri) {
        String name = uri.substring("kamelet:".length()).replaceFirst("[/?].*", "");
        if (!required.containsKey(name)) {
            return isFoundByCamel(name)
                    ? Optional.empty()
                    : Optional.of("asks for the Kamelet '" + name + "'; there are "
                            + String.join(", ", required.keySet()) + ".");
        }
        Set<String> given = parameters(uri).keySet();
        return required.get(name).stream()
                .filter(parameter -> !given.contains(parameter))
                .findFirst()
                .map(parameter -> "gives the Kamelet '" + name + "' no '" + parameter + "', which it needs.");
    }

    /** A catalogue's, which Camel reads when it is first called. */
    private boolean isFoundByCamel(String name) {
        return ResourceHelper.resolveResource(camel, "classpath:kamelets/" + name + ENDING)
                .exists();
    }

    private static Map<String, Object> parameters(String uri) {
        try {
            return URISupport.parseQuery(URISupport.extractQuery(uri));
        } catch (Exception e) {
            return Map.of();
        }
    }
}
