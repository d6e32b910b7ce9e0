package io.fusewire.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.signature.Signature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.camel.CamelContext;

/** What senders and operators ask of a gateway, over real HTTP. */
public abstract class GatewayClient {
    public static final String SECRET = "lf-whsec_a-secret-of-the-tests-0123456789";
    public static final String ADMIN_TOKEN = "an-admin-token-of-the-tests";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public abstract CamelContext camel();

    public abstract TestClock clock();

    public abstract int port();

    public abstract int managementPort();

    /** Posts to the default source with Langfuse's signature. */
    public HttpResponse<String> post(String body) {
        return post("/webhooks/langfuse", body, SECRET);
    }

    public HttpResponse<String> post(String path, String body, String secret) {
        return send(request(path)
                .header("content-type", "application/json")
                .header("x-langfuse-signature", signature(body, secret))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Langfuse's signature, by the secret of the default source and the gateway's clock. */
    public String signature(String body) {
        return signature(body, SECRET);
    }

    public String signature(String body, String secret) {
        return Signature.langfuse(body.getBytes(StandardCharsets.UTF_8), secret, clock().instant());
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path));
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
        return send(managementRequest(path)
                .header("authorization", "Bearer " + ADMIN_TOKEN)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> managementWithout(String path) {
        return send(managementRequest(path));
    }

    /** A request to the management port, without a token. */
    public HttpRequest.Builder managementRequest(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort() + path));
    }

    /** What the management port answers to a GET, read as JSON. */
    public JsonNode json(String path) {
        return json(management("GET", path));
    }

    public static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(answer.body(), e);
        }
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
        return ExampleEvents.text(name);
    }
}
