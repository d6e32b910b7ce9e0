package io.fusewire.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.testing.RunningGateway;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CatalogCamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What editors and Camel's catalog know of the component: every word and option that there is, and none besides. */
class CatalogDescriptionTest {
    private static final Path FILE = Path.of("src/main/resources/META-INF/io/fusewire/component/fusewire.json");
    private static final Path PROPERTIES =
            Path.of("src/main/resources/META-INF/services/org/apache/camel/component.properties");

    @TempDir
    static Path folder;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.in(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void the_file_says_of_every_word_and_option_what_the_endpoints_say() throws Exception {
        String expected = new CatalogDescription(gateway.camel()).text(project());
        Path copy = Path.of("target/fusewire.json");
        Files.writeString(copy, expected);
        assertThat(FILE).as("what it should be lies in " + copy).hasContent(expected);
    }

    @Test
    void the_jar_names_its_component_with_the_project_s_coordinates() throws Exception {
        Properties named = new Properties();
        named.load(new StringReader(Files.readString(PROPERTIES)));
        assertThat(named).containsEntry("components", "fusewire").containsAllEntriesOf(project());
    }

    @Test
    void a_running_camel_finds_the_file() throws Exception {
        assertThat(((CatalogCamelContext) gateway.camel()).getComponentParameterJsonSchema("fusewire"))
                .isEqualTo(Files.readString(FILE));
    }

    @Test
    void camel_s_catalog_takes_the_endpoints_of_our_own_routes() throws Exception {
        CamelCatalog catalog = catalog();
        List<String> uris = gateway.camel().getEndpoints().stream()
                .map(Endpoint::getEndpointUri)
                .filter(uri -> uri.startsWith("fusewire:"))
                .toList();
        assertThat(uris).hasSizeGreaterThan(20);
        for (String uri : uris) {
            EndpointValidationResult result = catalog.validateEndpointProperties(uri);
            assertThat(result.isSuccess())
                    .as(uri + ": " + result.summaryErrorMessage(false))
                    .isTrue();
        }
    }

    @Test
    void camel_s_catalog_refuses_a_word_and_an_option_that_there_are_not() throws Exception {
        CamelCatalog catalog = catalog();
        assertThat(catalog.validateEndpointProperties("fusewire:evnets").getInvalidEnum())
                .containsKey("verb");
        assertThat(catalog.validateEndpointProperties("fusewire:events?bach=1").getUnknown())
                .containsExactly("bach");
        assertThat(catalog.validateEndpointProperties("fusewire:events?batch=many")
                        .getInvalidInteger())
                .containsKey("batch");
    }

    private static CamelCatalog catalog() throws Exception {
        CamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("fusewire", FusewireComponent.class.getName(), Files.readString(FILE));
        return catalog;
    }

    private static Map<String, String> project() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        Map<String, String> project = new LinkedHashMap<>();
        for (String name : List.of("groupId", "artifactId", "version")) {
            Matcher first = Pattern.compile("<" + name + ">(.*?)</").matcher(pom);
            assertThat(first.find()).isTrue();
            project.put(name, first.group(1));
        }
        return project;
    }
}
