package io.fusewire.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests written by hand on a socket, each trying to be taken for something else. */
class WebhookSteeringTest {
    private static final String WEBHOOKS = "/webhooks/langfuse";
    private static final String SHOP = "lf-whsec_secret-of-the-shop";
    private static final String RECEIVED = "{\"received\":true}";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension().with("fusewire.sources.shop.secrets", SHOP);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelHttpUri: http://localhost:1/",
                "CamelFileName: stolen.txt",
                "camelhttpresponsecode: 201",
                "cAmElHttpMethod: DELETE",
                "CamelHttpPath: /webhooks/langfuse/shop",
                "camelhttppath: /webhooks/langfuse/shop",
                "CamelHttpQuery: source=shop",
                "CamelMessageId: event-of-another",
                "CamelSplitIndex: 1",
                "CamelToEndpoint: log:stolen",
                "org.apache.camel.x: y",
                "breadcrumbId: crumb",
                "source: shop",
                "kept: false",
                "X-HTTP-Method-Override: DELETE",
                "Retry-After: 99",
                "Allow: GET",
                "Content-Encoding: identity",
                "Accept-Encoding: gzip",
                "X-Strange: ${bodyAs(String)} {{fusewire.webhook.secrets}}"
            })
    void no_header_steers_the_route_or_comes_back(String header) {
        String body = event();
        String answer = post(WEBHOOKS, body, header, signed(body));
        assertReceived(answer);
        String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
        assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("\n" + name + ":");
        assertThat(kept(body)).containsExactly("default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelHttpUri=http://localhost:1/",
                "CamelHttpPath=/webhooks/langfuse/shop",
                "camelhttppath=/webhooks/langfuse/shop",
                "CamelHttpMethod=GET",
                "CamelHttpResponseCode=201",
                "CamelFileName=stolen.txt",
                "breadcrumbId=crumb",
                "source=shop",
                "source=nobody",
                "body=stolen",
                "x-langfuse-signature=rubbish",
                "X-Langfuse-Signature=rubbish&x-langfuse-signature=rubbish",
                "Content-Length=1",
                "a=%24%7Bbody%7D&a=%7B%7Bx%7D%7D",
                "=&&="
            })
    void no_query_parameter_steers_the_route(String query) {
        String body = event();
        assertReceived(post(WEBHOOKS + "?" + query, body, signed(body)));
        assertThat(kept(body)).containsExactly("default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "multipart/form-data; boundary=b"})
    void a_query_parameter_makes_no_json_of_another_content_type(String type) {
        for (String name : List.of("Content-Type", "content-type")) {
            String body = event();
            String answer =
                    post(WEBHOOKS + "?" + name + "=application/json", body, "Content-Type: " + type, signed(body));
            assertThat(answer).startsWith("HTTP/1.1 415 ");
            assertThat(kept(body)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"source=shop", "CamelHttpPath=/webhooks/langfuse/shop", "x=/webhooks/langfuse/shop"})
    void a_query_parameter_lets_no_other_source_in(String query) {
        String body = event();
        assertRefused(post(WEBHOOKS + "?" + query, body, signed(body, SHOP)), body);
        assertThat(post(WEBHOOKS + "/nobody?" + query, body, signed(body, SHOP)))
                .startsWith("HTTP/1.1 404 ");
        assertThat(kept(body)).isEmpty();
    }

    @Test
    void a_source_in_the_query_is_not_the_one_in_the_path() {
        String body = event();
        assertReceived(post(WEBHOOKS + "/shop?source=default", body, "source: default", signed(body, SHOP)));
        assertThat(kept(body)).containsExactly("shop");
    }

    @Test
    void a_signature_counts_in_one_header_alone() {
        String body = event();
        String right = signed(body);
        String wrong = signed(body, "lf-whsec_x");
        String query = WEBHOOKS + "?x-langfuse-signature=" + right.substring(right.indexOf(' ') + 1);
        assertRefused(post(query, body, "X-None: none"), body);
        assertRefused(post(query, body, wrong), body);
        assertRefused(post(WEBHOOKS, body, right, right), body);
        assertRefused(post(WEBHOOKS, body, right, wrong), body);
        assertRefused(post(WEBHOOKS, body, wrong, right), body);
        assertRefused(post(WEBHOOKS, body, "x_langfuse_signature" + right.substring(right.indexOf(':'))), body);
        assertReceived(post(WEBHOOKS, body, "X-LANGFUSE-Signature" + right.substring(right.indexOf(':'))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
    void a_header_makes_no_post_of_another_method(String method) {
        String body = event();
        String answer = exchange(
                method + " " + WEBHOOKS + "?CamelHttpMethod=POST", body, "CamelHttpMethod: POST", signed(body));
        assertThat(answer).startsWith("HTTP/1.1 405");
        assertThat(kept(body)).isEmpty();
    }

    private static void assertReceived(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + RECEIVED);
    }

    private static void assertRefused(String answer, String body) {
        assertThat(answer).startsWith("HTTP/1.1 401 ");
        assertThat(kept(body)).isEmpty();
    }

    private static String post(String path, String body, String... headers) {
        return exchange("POST " + path, body, headers);
    }

    private static String exchange(String line, String body, String... headers) {
        String request = line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + body.length()
                + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n" + body;
        try (Socket socket = new Socket("localhost", gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> kept(String body) {
        return gateway.store().sources(body);
    }

    private static String signed(String body) {
        return signed(body, RunningGateway.SECRET);
    }

    private static String signed(String body, String secret) {
        return "x-langfuse-signature: " + gateway.signature(body, secret);
    }

    private static String event() {
        return "{\"type\":\"t\",\"id\":\"" + UUID.randomUUID() + "\"}";
    }
}
