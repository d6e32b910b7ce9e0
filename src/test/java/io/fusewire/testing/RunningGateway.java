package io.fusewire.testing;

import io.fusewire.runtime.Clocks;
import io.fusewire.runtime.StandaloneGateway;
import io.fusewire.signature.Signature;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;

/** The real program, in this process, on free ports, with a store of its own and a clock that can be put forward. */
public final class RunningGateway implements AutoCloseable {
    public static final String SECRET = "lf-whsec_a-secret-of-the-tests-0123456789";
    public static final String ADMIN_TOKEN = "an-admin-token-of-the-tests";

    private final StandaloneGateway gateway;
    private final SettableClock clock = new SettableClock();
    private final int port;
    private final int managementPort;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningGateway(Path folder, Map<String, String> properties) {
        this.port = freePort();
        this.managementPort = freePort();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("camel.server.port", String.valueOf(port));
        all.put("camel.management.port", String.valueOf(managementPort));
        all.put("fusewire.config-folder", folder.toString());
        all.put("fusewire.data-folder", folder.resolve("data").toString());
        all.put("fusewire.webhook.secrets", SECRET);
        all.put("fusewire.admin.token", ADMIN_TOKEN);
        all.putAll(properties);
        this.gateway = new StandaloneGateway(new Clocks(clock, clock), all);
        gateway.start();
    }

    /** Starts one whose config and data lie in {@code folder}. */
    public static RunningGateway in(Path folder, Map<String, String> properties) {
        return new RunningGateway(folder, properties);
    }

    public SettableClock clock() {
        return clock;
    }

    public CamelContext camel() {
        return gateway.camel();
    }

    public int port() {
        return port;
    }

    /** Posts to the default door with Langfuse's signature. */
    public HttpResponse<String> post(String body) {
        return post("/webhooks/langfuse", body, SECRET);
    }

    public HttpResponse<String> post(String path, String body, String secret) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(request(path)
                .header("content-type", "application/json")
                .header("x-langfuse-signature", Signature.langfuse(bytes, secret, clock.instant()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> management(String method, String path) {
        return management(method, path, "");
    }

    public HttpResponse<String> management(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path))
                .header("authorization", "Bearer " + ADMIN_TOKEN)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> managementWithout(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path)));
    }

    /** The value of a sample on the metrics page, 0 when it isn't there. {@code sample}: the name with all its labels. */
    public double metric(String sample) {
        return management("GET", "/observe/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** A sample of {@code examples/events}, with ids of its own, so that it is no duplicate of an earlier one. */
    public static String fresh(String example) {
        String unique = UUID.randomUUID().toString();
        return example(example).replaceFirst("\\{", "{\"id\":\"" + unique + "\",");
    }

    public static String example(String name) {
        try {
            return Files.readString(Path.of("examples/events", name + ".json"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A port that nobody listens at. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        gateway.stop();
    }
}
