package io.fusewire.validate;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;

/** Route files in Java and XML, which Camel reads by jars that a gateway may do without. */
final class RouteLanguages {
    private static final Map<String, String> READERS = Map.of("java", "camel-java-joor-dsl", "xml", "camel-xml-io-dsl");

    private RouteLanguages() {}

    /** Why Camel could not read a file. */
    static Optional<String> fault(String file, String text) {
        String language = file.substring(file.lastIndexOf('.') + 1);
        if (RouteLanguages.class.getResource("/META-INF/services/org/apache/camel/routes-loader/" + language) == null) {
            return Optional.of(
                    file + " needs " + READERS.get(language) + ", which isn't there; copy the folder lib-dsl,"
                            + " which the build makes, beside fusewire.jar, or have a host depend on it.");
        }
        if (language.equals("java")
                && ModuleLayer.boot().findModule("jdk.compiler").isEmpty()) {
            return Optional.of(file + " needs a compiler, which " + System.getProperty("java.home")
                    + " doesn't have; run the gateway by a JDK.");
        }
        return language.equals("xml") ? notXml(text).map(why -> file + " is not XML, " + why) : Optional.empty();
    }

    /** What Camel passed over: XML with another root, a class that is no {@code RouteBuilder} or that it can't make. */
    static List<String> withoutRoute(CamelContext camel, Set<String> files) {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        Set<String> read = Stream.of(
                        model.getRouteDefinitions(),
                        model.getRouteTemplateDefinitions(),
                        model.getRouteConfigurationDefinitions())
                .flatMap(List::stream)
                .map(ErrorSentences::file)
                .collect(Collectors.toSet());
        return files.stream()
                .filter(file -> !file.endsWith(".yaml") && !read.contains(file))
                .sorted()
                .map(file -> file + ": there is no route in it; it must hold "
                        + (file.endsWith(".xml")
                                ? "<routes> or <route>."
                                : "a public class that extends RouteBuilder."))
                .toList();
    }

    /** Camel would only warn, and go on without the file. */
    private static Optional<String> notXml(String text) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
            while (xml.hasNext()) {
                xml.next();
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            return Optional.of("line " + e.getLocation().getLineNumber() + ": "
                    + e.getMessage().replaceFirst("(?s)^.*Message: ", ""));
        } catch (MissingResourceException e) {
            // The JDK has no words for some faults in a DTD.
            return Optional.of("in its DTD: " + e.getKey());
        }
    }
}
