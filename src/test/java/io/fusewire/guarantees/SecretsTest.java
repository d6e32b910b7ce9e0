package io.fusewire.guarantees;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.fusewire.signature.Signature;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.FakeSlackApi;
import io.fusewire.testing.LogLines;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.StoreFile;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret is written anywhere, whatever a sink answers, and nothing of a request goes on as an HTTP header. */
class SecretsTest {
    private static final String SHOP_SECRET = "lf-whsec_secret-of-this-source";
    private static final String REFUSED_PATH = "/services/T0009/B0009/secretOfARefusedConnection";

    @TempDir
    Path folder;

    private final FakeSinks sinks = new FakeSinks();
    private final LogLines log = new LogLines();
    private final List<String> secrets = new ArrayList<>(List.of(
            RunningGateway.SECRET,
            RunningGateway.ADMIN_TOKEN,
            SHOP_SECRET,
            FakeSinks.SLACK_SECRET,
            FakeSinks.ROUTING_KEY,
            REFUSED_PATH));
    private final Map<String, String> properties = new HashMap<>(sinks.properties());
    private RunningGateway gateway;

    @AfterEach
    void stop() {
        log.close();
        gateway.close();
        sinks.close();
    }

    @Test
    void no_answer_of_slack_makes_a_secret_known() {
        slack("delivered", 200, "ok");
        slack("held", 429, "<url> is too fast").withHeader("Retry-After", "60");
        slack("redirected", 302, "see <url>").withHeader("Location", sinks.slackUrl(path("redirected")));
        slack("down", 500, "cannot POST <url>");
        slack("echoed", 200, "<html>thank you for <url></html>");
        slack("denied", 200, "{\"ok\":false,\"error\":\"<url>\"}");
        slack("refused", 400, "invalid_blocks at <url> and <url>");
        slack("gone", 410, "<path> is archived");
        source("unreachable", "http://localhost:1" + REFUSED_PATH);
        gateway = RunningGateway.in(folder, properties);
        for (String source : sources()) {
            post(source, "score-created");
        }
        await().until(() -> attempted("slack") == sources().size());
        assertThat(outcomes()).contains("slack delivered 2", "slack dead 2", "slack waiting 5");
        assertThat(log.text()).as("what was taken out").contains("answered 500 cannot POST ***");
        assertNothingIsKnown();
    }

    @Test
    void no_answer_of_pagerduty_makes_the_routing_key_known() {
        gateway = RunningGateway.in(folder, properties);
        String echo = "{\"status\":\"invalid event\",\"errors\":[\"" + FakeSinks.ROUTING_KEY + " is no key\"]}";
        for (int status : new int[] {400, 500, 403, 202}) {
            double before = attempted("pagerduty");
            sinks.pagerDutyAnswers(aResponse().withStatus(status).withBody(echo));
            gateway.clock().forward(Duration.ofMinutes(10));
            gateway.post(RunningGateway.fresh("trace-error"));
            await().until(() -> attempted("pagerduty") > before);
        }
        assertNothingIsKnown();
    }

    @Test
    void no_answer_of_slack_s_web_api_makes_the_token_of_a_bot_known() {
        try (FakeSlackApi slack = new FakeSlackApi()) {
            secrets.add(FakeSlackApi.TOKEN);
            secrets.add("tokenPartOfTheTests");
            properties.remove("sinks.slack.webhook-url");
            properties.putAll(slack.properties());
            gateway = RunningGateway.in(folder, properties);
            for (String answer : List.of(
                    "{\"ok\":false,\"error\":\"invalid_auth\",\"needed\":\"<token>\"}",
                    "{\"ok\":false,\"error\":\"<token>\"}",
                    "{\"ok\":false,\"error\":\"no_text\",\"response_metadata\":{\"messages\":[\"Bearer <token>\"]}}",
                    "{\"ok\":true,\"channel\":\"<token>\",\"ts\":\"<token>\"}",
                    "<html>who is <token>, or tokenPartOfTheTests?",
                    "{\"<token>\"")) {
                double before = attempted("slack");
                slack.answers(200, null, answer.replace("<token>", FakeSlackApi.TOKEN));
                gateway.clock().forward(Duration.ofMinutes(10));
                gateway.post(RunningGateway.fresh("score-created"));
                await().until(() -> attempted("slack") > before);
            }
            assertThat(log.text()).as("what was taken out").contains("answered 401 invalid_auth (needed: ***)");
            assertThat(slack.calls())
                    .allSatisfy(call -> assertThat(call.arguments().toString()).doesNotContain("tokenPart"));
        }
        assertNothingIsKnown();
    }

    @Test
    void nothing_of_the_request_goes_on_as_a_header_or_into_the_store() {
        gateway = RunningGateway.in(folder, properties);
        String body = RunningGateway.fresh("trace-error").replace("checkout-agent", "label-of-the-event");
        gateway.send(gateway.request("/webhooks/langfuse?x-query=leak-of-the-query")
                .header("x-langfuse-signature", signed(body, RunningGateway.SECRET))
                .header("x-custom", "leak-of-the-request")
                .header("authorization", "Bearer leak-of-the-request")
                .header("cookie", "leak-of-the-request")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        await().until(() -> sinks.pagerDuty().size() == 1 && sinks.slack().size() == 1);
        for (String path : List.of(FakeSinks.SLACK_SECRET, "/v2/enqueue")) {
            assertThat(sinks.requests(path).get(0).getHeaders().all())
                    .allSatisfy(header -> assertThat(header.toString())
                            .doesNotContainIgnoringCase("leak-of")
                            .doesNotContainIgnoringCase("signature")
                            .doesNotContain("label-of-the-event"));
        }
        assertThat(new StoreFile(folder).allButBodies()).doesNotContain("leak-of");
        assertThat(log.text()).doesNotContain("leak-of");
        assertNothingIsKnown();
    }

    @Test
    void a_refused_signature_and_a_refused_token_tell_nothing() {
        gateway = RunningGateway.in(folder, properties);
        String body = RunningGateway.fresh("trace-error");
        String signature = signed(body, "lf-whsec_a-guess-that-is-wrong");
        assertThat(gateway.send(gateway.request("/webhooks/langfuse")
                                .header("x-langfuse-signature", signature)
                                .POST(HttpRequest.BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(gateway.managementWithout("/admin/dead-letters").statusCode())
                .isEqualTo(401);
        assertNothingIsKnown();
        assertThat(log.text()).doesNotContain(signature.substring(signature.indexOf("v1=") + 3));
    }

    /** A source of that name whose channel answers so. */
    private ResponseDefinitionBuilder slack(String source, int status, String answer) {
        String url = sinks.slackUrl(path(source));
        ResponseDefinitionBuilder response = aResponse()
                .withStatus(status)
                .withBody(answer.replace("<url>", url).replace("<path>", path(source)));
        sinks.slackAnswers(path(source), response);
        source(source, url);
        secrets.add(path(source));
        return response;
    }

    private void source(String name, String slackUrl) {
        properties.put("fusewire.sources." + name + ".secrets", SHOP_SECRET);
        properties.put("fusewire.sources." + name + ".slack-webhook-url", slackUrl);
    }

    private List<String> sources() {
        return properties.keySet().stream()
                .filter(key -> key.endsWith(".slack-webhook-url") && key.startsWith("fusewire"))
                .map(key -> key.split("[.]")[2])
                .toList();
    }

    private static String path(String source) {
        return "/services/T0001/B0001/secretUrlOf-" + source;
    }

    private void post(String source, String example) {
        assertThat(gateway.post("/webhooks/langfuse/" + source, RunningGateway.fresh(example), SHOP_SECRET)
                        .statusCode())
                .isEqualTo(200);
    }

    private String signed(String body, String secret) {
        return Signature.langfuse(
                body.getBytes(StandardCharsets.UTF_8), secret, gateway.clock().instant());
    }

    private double attempted(String sink) {
        return List.of("delivered", "later", "held", "dead").stream()
                .mapToDouble(outcome ->
                        gateway.metric("fusewire_deliveries_total{outcome=\"" + outcome + "\",sink=\"" + sink + "\"}"))
                .sum();
    }

    private List<String> outcomes() {
        return new StoreFile(folder).rows("SELECT sink, state, count(*) FROM delivery GROUP BY sink, state");
    }

    private void assertNothingIsKnown() {
        String letters = gateway.management("GET", "/admin/dead-letters").body();
        String each = new StoreFile(folder)
                .rows("SELECT id FROM delivery WHERE state = 'dead'").stream()
                        .map(id -> gateway.management("GET", "/admin/dead-letters/" + id)
                                .body())
                        .collect(Collectors.joining());
        String metrics = gateway.management("GET", "/observe/metrics").body();
        String ready =
                gateway.management("GET", "/observe/health/ready?data=true").body();
        String stored = new StoreFile(folder).allButBodies();
        gateway.close();
        for (String secret : secrets) {
            assertThat(log.text()).as("the log").doesNotContain(secret);
            assertThat(metrics).as("metrics").doesNotContain(secret);
            assertThat(ready).as("readiness").doesNotContain(secret);
            assertThat(letters + each).as("dead letters").doesNotContain(secret);
            assertThat(stored).as("the store").doesNotContain(secret);
        }
    }
}
