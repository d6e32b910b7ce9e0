package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.signature.Signature;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer that a webhook may get, over a real socket. */
class WebhookRouteTest {
    private static final String RECEIVED = "{\"received\":true}";
    private static final String DUPLICATE = "{\"received\":true,\"duplicate\":true}";
    private static final String SHOP_SECRET = "lf-whsec_secret-of-the-shop";
    private static final String OLD_SECRET = "lf-whsec_the-secret-before-this-one";
    private static final int LIMIT = 1 << 20;

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension()
            .with("fusewire.webhook.secrets", RunningGateway.SECRET + "," + OLD_SECRET)
            .with("fusewire.sources.shop.secrets", SHOP_SECRET);

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/langfuse", "/api/webhooks/langfuse"})
    void a_new_event_is_received_and_a_second_copy_is_a_duplicate(String path) {
        String body = event();
        assertAnswer(gateway.post(path, body, RunningGateway.SECRET), 200, RECEIVED);
        assertAnswer(gateway.post(path, body, RunningGateway.SECRET), 200, DUPLICATE);
        assertAnswer(gateway.post(path, body, OLD_SECRET), 200, DUPLICATE);
    }

    @Test
    void a_named_source_has_its_own_secret_and_no_other() {
        for (String[] wrong : new String[][] {
            {"/webhooks/langfuse/shop", RunningGateway.SECRET},
            {"/webhooks/langfuse", SHOP_SECRET}
        }) {
            String body = event();
            assertUnauthorized(gateway.post(wrong[0], body, wrong[1]), body);
        }
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery("none", body -> null),
                forgery("empty", body -> ""),
                forgery("rubbish", body -> "rubbish"),
                forgery("another body's", body -> signature((body + " ").getBytes(StandardCharsets.UTF_8), 0)),
                forgery("another secret's", body -> Signature.langfuse(bytes(body), "lf-whsec_x", now())),
                forgery("stale", body -> signature(bytes(body), -301)),
                forgery("from the future", body -> signature(bytes(body), 302)),
                forgery("without its time", body -> signature(bytes(body), 0).replaceFirst("t=\\d+,", "")),
                forgery("with a word for a time", body -> signature(bytes(body), 0)
                        .replaceFirst("t=\\d+", "t=now")),
                forgery("without its v1", body -> signature(bytes(body), 0).replaceFirst(",v1=.*", "")),
                forgery("with half a v1", body -> signature(bytes(body), 0).replaceFirst(".{32}$", "")),
                forgery(
                        "a plain one as v1",
                        body -> "t=" + now().getEpochSecond() + ",v1="
                                + Signature.plain(bytes(body), RunningGateway.SECRET)),
                forgery("a v1 as a plain one", body -> signature(bytes(body), 0).replaceFirst(".*v1=", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void what_is_not_proven_is_refused_in_one_sentence_and_not_kept(String what, Function<String, String> header) {
        String body = event();
        assertUnauthorized(send(bytes(body), header.apply(body), "application/json"), body);
    }

    @Test
    void one_of_two_signatures_may_be_another_secrets() {
        String body = event();
        String right = signature(bytes(body), 0);
        String wrong = Signature.langfuse(bytes(body), "lf-whsec_x", now()).replaceFirst(".*v1=", "v1=");
        assertAnswer(send(bytes(body), right + "," + wrong, "application/json"), 200, RECEIVED);
    }

    @Test
    void a_plain_signature_is_accepted() {
        String body = event();
        String plain = Signature.plain(bytes(body), RunningGateway.SECRET);
        assertAnswer(send(bytes(body), plain, "application/json"), 200, RECEIVED);
    }

    static Stream<byte[]> unreadable() {
        String deep = "{\"type\":\"t\",\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";
        return Stream.of(
                bytes(""),
                bytes("   "),
                new byte[] {'{', '"', 't', 'y', 'p', 'e', '"', ':', '"', (byte) 0xC3, '"', '}'},
                bytes("{\"type\":\"t\""),
                bytes("[{\"type\":\"t\"}]"),
                bytes("\"type\""),
                bytes("{}"),
                bytes("{\"type\":7}"),
                bytes("{\"event\":{}}"),
                bytes("{\"type\":\"t\"}{}"),
                bytes(deep));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void what_is_signed_and_no_event_is_a_bad_request(byte[] body) {
        HttpResponse<String> answer = send(body, signature(body, 0), "application/json");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).matches("\\{\"error\":\"[A-Z][^\"]+\\.\"}");
    }

    static Stream<String> strange() {
        String id = "\"timestamp\":\"%s\"";
        String text = "<!channel> </script> & \\u0000\\u001b[31m\\u202e \\ud800 '; DROP TABLE event; --";
        return Stream.of(
                "{\"type\":\"never-heard-of\",\"id\":\"%s\"}",
                "{\"event\":\"trace.created\"," + id + "}",
                "{\"event\":\"trace.updated\"," + id + ",\"data\":[]}",
                "{\"event\":\"score.created\"," + id + ",\"data\":{\"value\":{\"a\":[]}}}",
                "{\"event\":\"score.created\"," + id + ",\"data\":{\"value\":1e400}}",
                "{\"event\":\"generation.created\"," + id + ",\"data\":{\"usage\":\"many\",\"model\":[]}}",
                "{\"event\":\"trace.updated\"," + id + ",\"data\":{\"level\":\"ERROR\",\"statusMessage\":\""
                        + "x".repeat(100_000) + "\"}}",
                "{\"event\":\"trace.updated\"," + id + ",\"data\":{\"level\":\"ERROR\",\"statusMessage\":\"" + text
                        + "\",\"traceId\":\"" + text + "\",\"projectId\":\"" + text + "\",\"name\":\"" + text + "\"}}",
                "{\"type\":\"monitor-alert\",\"id\":\"%s\",\"payload\":{\"severity\":\"" + text
                        + "\",\"message\":{\"title\":\"" + text + "\",\"body\":\"" + text
                        + "\"},\"permalink\":\"javascript:alert(1)\"}}",
                "{\"type\":\"t\",\"id\":\"%s\",\"a\":" + "[".repeat(63) + "]".repeat(63) + "}");
    }

    @ParameterizedTest
    @MethodSource("strange")
    void what_is_strange_and_an_event_is_kept(String template) {
        String body = template.replace("%s", UUID.randomUUID().toString());
        assertAnswer(gateway.post(body), 200, RECEIVED);
        assertAnswer(gateway.post(body), 200, DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=b",
                "text/json",
                "application/jsonp"
            })
    void another_content_type_is_refused(String type) {
        byte[] body = bytes(event());
        assertThat(send(body, signature(body, 0), type).statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-8",
                "application/json;charset=UTF-8",
                "APPLICATION/JSON",
                "application/cloudevents+json",
                ""
            })
    void json_in_any_dress_and_without_a_word_is_accepted(String type) {
        byte[] body = bytes(event());
        assertAnswer(send(body, signature(body, 0), type), 200, RECEIVED);
    }

    @Test
    void a_body_of_the_limit_is_received_and_one_byte_more_is_too_large() {
        byte[] most = sized(LIMIT);
        assertAnswer(send(most, signature(most, 0), "application/json"), 200, RECEIVED);
        byte[] more = sized(LIMIT + 1);
        assertAnswer(send(more, signature(more, 0), "application/json"), 413, "{\"error\":\"The body is too large.\"}");
        HttpRequest.Builder chunked = gateway.request("/webhooks/langfuse")
                .header("x-langfuse-signature", signature(more, 0))
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(more)));
        assertThat(gateway.send(chunked).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"})
    void another_method_is_refused_and_told_the_right_one(String method) {
        HttpResponse<String> answer =
                gateway.send(gateway.request("/webhooks/langfuse").method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    private static void assertAnswer(HttpResponse<String> answer, int status, String body) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    /** Refused without a helpful word, and not kept: the right signature is still news. */
    private static void assertUnauthorized(HttpResponse<String> answer, String body) {
        assertAnswer(answer, 401, "{\"error\":\"The signature is missing, wrong or too old.\"}");
        assertThat(gateway.post("/webhooks/langfuse/shop", body, SHOP_SECRET).body())
                .as("not kept before")
                .isEqualTo(RECEIVED);
    }

    private static HttpResponse<String> send(byte[] body, String signature, String type) {
        HttpRequest.Builder request = gateway.request("/webhooks/langfuse")
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofByteArray(body));
        if (signature != null) {
            request.header("x-langfuse-signature", signature);
        }
        if (!type.isEmpty()) {
            request.header("content-type", type);
        }
        return gateway.send(request);
    }

    private static Arguments forgery(String name, Function<String, String> header) {
        return Arguments.of(name, header);
    }

    private static String event() {
        return "{\"type\":\"test\",\"id\":\"" + UUID.randomUUID() + "\"}";
    }

    private static byte[] sized(int size) {
        byte[] body = new byte[size];
        Arrays.fill(body, (byte) ' ');
        byte[] event = bytes(event());
        System.arraycopy(event, 0, body, 0, event.length);
        return body;
    }

    private static String signature(byte[] body, long secondsFromNow) {
        return Signature.langfuse(body, RunningGateway.SECRET, now().plusSeconds(secondsFromNow));
    }

    private static java.time.Instant now() {
        return gateway == null ? java.time.Instant.now() : gateway.clock().instant();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
