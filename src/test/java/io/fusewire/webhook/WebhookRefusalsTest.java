package io.fusewire.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.signature.Signature;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a refusal says, what it keeps to itself, and what it leaves behind: a count. With plain signatures off. */
class WebhookRefusalsTest {
    private static final String SHOP = "lf-whsec_secret-of-the-shop";
    private static final String CANARY = "canary-in-the-body";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension()
            .with("fusewire.webhook.accept-plain-signature", "false")
            .with("fusewire.sources.shop.secrets", SHOP);

    @Test
    void an_accepted_event_is_in_the_store_once_under_its_source_and_byte_for_byte() {
        String body = "{ \"type\":\"t\",\"id\":\"" + UUID.randomUUID() + "\", \"n\":1.0, \"s\":\"é\\u00e9\" }\n";
        assertThat(gateway.post("/webhooks/langfuse/shop", body, SHOP).statusCode())
                .isEqualTo(200);
        assertThat(gateway.post("/webhooks/langfuse/shop", body, SHOP).body()).contains("duplicate");
        assertThat(gateway.store().sources(body)).containsExactly("shop");
    }

    @Test
    void a_plain_signature_is_refused_when_switched_off() {
        String body = event();
        assertRefused(
                send("/webhooks/langfuse", "POST", body, Signature.plain(bytes(body), RunningGateway.SECRET)),
                body,
                401);
    }

    @ParameterizedTest
    @CsvSource({
        "/webhooks/langfuse/nobody,404,unknown_source,unproven",
        "/webhooks/langfuse/shop,401,mismatch,shop",
        "/webhooks/langfuse/shop/,401,mismatch,shop",
        "/webhooks/langfuse/SHOP,404,unknown_source,unproven",
        "/webhooks/langfuse/shop%2F,404,unknown_source,unproven"
    })
    void a_source_that_is_another_or_none_is_refused_and_counted(
            String path, int status, String outcome, String source) {
        String body = event();
        String sample = "fusewire_requests_total{outcome=\"" + outcome + "\",source=\"" + source + "\"}";
        double before = gateway.metric(sample);
        assertRefused(gateway.post(path, body, RunningGateway.SECRET), body, status);
        assertThat(gateway.metric(sample)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/langfuse/", "/api/webhooks/langfuse/"})
    void a_slash_at_the_end_of_a_path_changes_nothing(String path) {
        String body = event();
        assertThat(gateway.post(path, body, RunningGateway.SECRET).statusCode()).isEqualTo(200);
        assertThat(gateway.store().sources(body)).containsExactly("default");
        assertThat(gateway.post("/webhooks/langfuse/shop/", body, SHOP).statusCode())
                .isEqualTo(200);
        assertThat(gateway.store().sources(body)).containsExactlyInAnyOrder("default", "shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "deflate", "x-unknown", "gzip, identity"})
    void a_body_with_a_content_encoding_is_refused_and_says_so(String encoding) {
        String body = event();
        HttpResponse<String> answer = gateway.send(gateway.request("/webhooks/langfuse")
                .header("content-type", "application/json")
                .header("content-encoding", encoding)
                .header("x-langfuse-signature", gateway.signature(body))
                .POST(BodyPublishers.ofString(body)));
        assertRefused(answer, body, 415);
        assertThat(answer.body()).contains("Content-Encoding");
    }

    /** From a bridge that signs what it sends, and from one that signs what it meant. */
    @Test
    void a_compressed_body_that_does_not_say_so_is_refused_and_told_what_is_wrong() throws IOException {
        String body = event();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes(body));
        }
        byte[] sent = compressed.toByteArray();
        String ofSent =
                Signature.langfuse(sent, RunningGateway.SECRET, gateway.clock().instant());
        HttpResponse<String> answer = send(sent, ofSent);
        assertRefused(answer, body, 400);
        assertThat(answer.body()).contains("compressed by gzip");
        assertRefused(send(sent, gateway.signature(body)), body, 401);
        assertThat(gateway.store().rows("SELECT id FROM event WHERE hex(body) LIKE '1F8B%'"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/langfuse", "/api/webhooks/langfuse", "/webhooks/langfuse/shop"})
    void no_path_takes_another_method_even_signed(String path) {
        for (String method : new String[] {"PUT", "PATCH", "DELETE"}) {
            String body = event();
            HttpResponse<String> answer = send(path, method, body, gateway.signature(body));
            assertRefused(answer, body, 405);
            assertThat(answer.headers().firstValue("Allow")).contains("POST");
        }
        for (String method : new String[] {"GET", "HEAD", "OPTIONS", "TRACE"}) {
            HttpResponse<String> answer = gateway.send(gateway.request(path).method(method, BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).as(method).contains("POST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"%s\"}", "[\"%s\"]", "{\"type\":\"%s", "\"%s\"", "{\"type\":[\"%s\"]}"})
    void what_is_no_event_is_refused_without_being_quoted(String template) {
        String body = template.replace("%s", CANARY + UUID.randomUUID());
        assertRefused(send("/webhooks/langfuse", "POST", body, gateway.signature(body)), body, 400);
    }

    @Test
    void another_content_type_is_refused_without_being_quoted() {
        String body = event();
        HttpRequest.Builder request = gateway.request("/webhooks/langfuse")
                .header("content-type", "text/plain; " + CANARY)
                .header("x-langfuse-signature", gateway.signature(body))
                .POST(BodyPublishers.ofString(body));
        assertRefused(gateway.send(request), body, 415);
    }

    /** One sentence of JSON that repeats nothing of the request, and no row. */
    private static void assertRefused(HttpResponse<String> answer, String body, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).matches("\\{\"error\":\"[A-Z][^\".]+\\.\"}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        String all = answer.headers().map() + answer.body();
        assertThat(all).doesNotContain(CANARY, RunningGateway.SECRET, SHOP, "lf-whsec", "io.fusewire", "Exception");
        assertThat(all).doesNotContainPattern("[0-9a-f]{16}");
        assertThat(gateway.store().sources(body)).isEmpty();
    }

    private static HttpResponse<String> send(String path, String method, String body, String signature) {
        return gateway.send(gateway.request(path)
                .header("content-type", "application/json")
                .header("x-langfuse-signature", signature)
                .method(method, BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(byte[] body, String signature) {
        return gateway.send(gateway.request("/webhooks/langfuse")
                .header("content-type", "application/json")
                .header("x-langfuse-signature", signature)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static String event() {
        return "{\"type\":\"" + CANARY + "\",\"id\":\"" + UUID.randomUUID() + "\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
