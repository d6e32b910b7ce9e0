package io.fusewire.embed;

import io.fusewire.Fusewire;
import io.fusewire.FusewireOptions;
import io.fusewire.signature.Signature;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.TestFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A plain Camel context with a life of its own, which may take Fusewire in. */
final class Host implements AutoCloseable, AfterEachCallback {
    static final String SECRET = "lf-whsec_of-the-host";

    private final TestFolder folder = new TestFolder();
    private final FakeSinks sinks;
    private final HttpClient client = HttpClient.newHttpClient();
    private final CamelContext camel = new DefaultCamelContext();
    private final int port = RunningGateway.freePort();
    private final int managementPort = RunningGateway.freePort();

    /** With routes and steps whose ids are ours too, and a policy for all routes that swallows what goes wrong. */
    Host() {
        this(new FakeSinks());
    }

    /** One that shares the sinks of another. */
    Host(FakeSinks sinks) {
        this.sinks = sinks;
        add(new RouteConfigurationBuilder() {
            @Override
            public void configuration() {
                routeConfiguration().onException(Exception.class).handled(true);
            }
        });
        route("accept", "direct:of-the-host", "the host's");
        add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:rules").routeId("rules").log("never").id("everything");
            }
        });
        camel.start();
    }

    CamelContext camel() {
        return camel;
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    /** A gateway with a port and a store of its own, and the fake sinks. */
    FusewireOptions gateway() {
        FusewireOptions options = Fusewire.into(camel)
                .set("camel.server.port", port)
                .set("camel.management.port", managementPort)
                .set("fusewire.admin.token", "of-the-host")
                .set("fusewire.webhook.secrets", SECRET)
                .set("fusewire.config-folder", folder.path().resolve("config"))
                .set("fusewire.data-folder", folder.path().resolve("data"));
        sinks.properties().forEach(options::set);
        return options;
    }

    /** Puts a file into the gateway's config folder. */
    void write(String file, String text) {
        folder.write("config/" + file, text);
    }

    FakeSinks sinks() {
        return sinks;
    }

    /** What the host's own route of the name {@code accept} answers. */
    String ownRoute() {
        return ask("direct:of-the-host");
    }

    String ask(String endpoint) {
        return camel.createProducerTemplate().requestBody(endpoint, "", String.class);
    }

    /** Adds a route of the host's. */
    void route(String id, String from, String answer) {
        add(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId(id).setBody(constant(answer));
            }
        });
    }

    private void add(RoutesBuilder routes) {
        try {
            camel.addRoutes(routes);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the host's health registry says of the gateway in it. */
    HealthCheck.State readiness() {
        return HealthCheckRegistry.get(camel)
                .getCheck("fusewire-store")
                .map(check -> check.call().getState())
                .orElse(HealthCheck.State.UNKNOWN);
    }

    /** Whatever a gateway may leave behind in the context. */
    Set<String> belongings() {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        Set<String> all = new TreeSet<>();
        camel.getRoutes().forEach(route -> all.add("route " + route.getRouteId()));
        model.getRouteDefinitions().forEach(route -> all.add("definition " + route.getRouteId()));
        model.getRouteTemplateDefinitions().forEach(template -> all.add("template " + template.getId()));
        model.getRouteConfigurationDefinitions().stream()
                .filter(policy -> policy.hasCustomIdAssigned())
                .forEach(policy -> all.add("policy " + policy.getId()));
        camel.getEndpoints().forEach(endpoint -> all.add("endpoint " + endpoint.getEndpointUri()));
        camel.getRegistry().findByTypeWithName(Object.class).keySet().forEach(bean -> all.add("bean " + bean));
        camel.getPropertiesComponent().getPropertiesSources().forEach(source -> all.add("source " + source.getName()));
        camel.getLifecycleStrategies().stream()
                .filter(strategy -> strategy.getClass().getName().startsWith("io.fusewire"))
                .forEach(strategy -> all.add("strategy " + strategy));
        return all;
    }

    /** The dead letters, as an admin sees them. */
    String deadLetters() throws IOException, InterruptedException {
        return deadLetters(managementPort);
    }

    String deadLetters(int at) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + at + "/admin/dead-letters"))
                                .header("Authorization", "Bearer of-the-host")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Status and body of the answer to a signed event. */
    String post(String body) throws IOException, InterruptedException {
        return post(port, "", body);
    }

    String post(int to, String path, String body) throws IOException, InterruptedException {
        return send(signed(to, path, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same with a body that says that it is compressed. */
    String postAsGzip(int to, byte[] body) throws IOException, InterruptedException {
        return send(signed(to, "", body).header("content-encoding", "gzip"));
    }

    private static HttpRequest.Builder signed(int to, String path, byte[] body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + to + "/webhooks/langfuse" + path))
                .header("content-type", "application/json")
                .header("x-langfuse-signature", Signature.langfuse(body, SECRET, Instant.now()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @Override
    public void close() {
        camel.stop();
        folder.close();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        close();
        sinks.close();
    }
}
