package io.fusewire.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Slack and PagerDuty, faked over real HTTP; every request is held against their published limits. */
public final class FakeSinks implements AutoCloseable {
    public static final String SLACK_SECRET = "/services/T0001/B0001/secretPartOfTheSlackUrl";
    public static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final List<String> violations = new CopyOnWriteArrayList<>();

    public FakeSinks() {
        server.start();
        server.addMockServiceRequestListener((request, response) -> check(request));
        slackAnswers(aResponse().withStatus(200).withBody("ok"));
        pagerDutyAnswers(aResponse().withStatus(202).withBody("{\"status\":\"success\"}"));
    }

    /** Properties that point a gateway here, without pace or quick waits. */
    public Map<String, String> properties() {
        return Map.of(
                "sinks.slack.webhook-url", slackUrl(SLACK_SECRET),
                "sinks.pagerduty.routing-key", ROUTING_KEY,
                "sinks.pagerduty.url", server.baseUrl() + "/v2/enqueue",
                "sinks.slack.per-second", "100",
                "sinks.pagerduty.per-second", "100",
                "fusewire.delivery.redeliveries", "1",
                "fusewire.delivery.redelivery-delay", "10ms");
    }

    public String slackUrl(String path) {
        return server.baseUrl() + path;
    }

    public void slackAnswers(ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlPathMatching("/services/.*")).willReturn(answer));
    }

    /** Takes plain text and nothing else. */
    public void slackRefusesBlocks() {
        slackAnswers(aResponse().withStatus(200).withBody("ok"));
        server.stubFor(post(urlPathMatching("/services/.*"))
                .withRequestBody(matchingJsonPath("$.blocks"))
                .willReturn(aResponse().withStatus(400).withBody("invalid_blocks")));
    }

    /** Of one channel only; goes before {@link #slackAnswers}. */
    public void slackAnswers(String path, ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlEqualTo(path)).atPriority(1).willReturn(answer));
    }

    public void pagerDutyAnswers(ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlEqualTo("/v2/enqueue")).willReturn(answer));
    }

    /** What holds that text; goes before {@link #pagerDutyAnswers}. */
    public void pagerDutyRefuses(String text, ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlEqualTo("/v2/enqueue"))
                .atPriority(1)
                .withRequestBody(containing(text))
                .willReturn(answer));
    }

    public List<JsonNode> slack() {
        return slack(SLACK_SECRET);
    }

    public List<JsonNode> slack(String path) {
        return requests(path).stream().map(FakeSinks::json).toList();
    }

    public List<JsonNode> pagerDuty() {
        return requests("/v2/enqueue").stream().map(FakeSinks::json).toList();
    }

    /** What a sink received, in the order of arrival. */
    public List<LoggedRequest> requests(String path) {
        return server.getAllServeEvents().stream()
                .map(served -> served.getRequest())
                .filter(request -> request.getUrl().equals(path))
                .sorted((a, b) -> a.getLoggedDate().compareTo(b.getLoggedDate()))
                .toList();
    }

    /** What broke a published limit. */
    public List<String> violations() {
        return violations;
    }

    private void check(Request request) {
        JsonNode body = json(request.getBodyAsString());
        if (request.getUrl().startsWith("/services/")) {
            violations.addAll(SlackContract.violations(body));
        } else if (request.getUrl().equals("/v2/enqueue")) {
            violations.addAll(PagerDutyContract.violations(body));
        }
    }

    private static JsonNode json(LoggedRequest request) {
        return json(request.getBodyAsString());
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException(body, e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
