package io.fusewire.harness;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slack and PagerDuty, faked over real HTTP: they note what they took and check it against the published limits. */
final class FakeSinks implements AutoCloseable {
    static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";
    private static final String SLACK = "/services/T0001/B0001/harnessSecretOfSlack";
    private static final String PAGERDUTY = "/v2/enqueue";
    private static final Pattern TOKEN = Pattern.compile("hw-[0-9a-f]{8}-\\d{8}");

    private final History history;
    private final WireMockServer server;
    private volatile Listener slackListener = (body, at) -> {};
    private volatile Listener pagerDutyListener = (body, at) -> {};

    /** Is told what a sink took, from many threads. */
    interface Listener {
        /** @param at in nanoseconds of {@link System#nanoTime()} */
        void took(String body, long at);
    }

    FakeSinks(History history) {
        this.history = history;
        this.server = new WireMockServer(WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .disableRequestJournal()
                .containerThreads(50)
                .asynchronousResponseEnabled(true)
                .asynchronousResponseThreads(20));
        server.addMockServiceRequestListener(this::note);
        server.start();
        slackWorks();
        server.stubFor(post(urlEqualTo(PAGERDUTY))
                .willReturn(aResponse().withStatus(202).withBody("{\"status\":\"success\"}")));
    }

    /** Tells whole messages, beside what the history notes of them. */
    void listen(Listener slack, Listener pagerDuty) {
        slackListener = slack;
        pagerDutyListener = pagerDuty;
    }

    String slackUrl() {
        return server.baseUrl() + SLACK;
    }

    String pagerDutyUrl() {
        return server.baseUrl() + PAGERDUTY;
    }

    void slackWorks() {
        slackAnswers(aResponse().withStatus(200).withBody("ok"));
    }

    void slackAnswers(ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlEqualTo(SLACK)).willReturn(answer));
    }

    /** What a sink answers well, it has; all else never happened. */
    private void note(Request request, Response response) {
        String body = request.getBodyAsString();
        Matcher token = TOKEN.matcher(body);
        String found = token.find() ? token.group() : "no token";
        if (request.getUrl().equals(SLACK)) {
            SinkLimits.slack(body).forEach(fault -> history.violation("slack, " + found + ": " + fault));
            if (response.getStatus() == 200 && "ok".equals(response.getBodyAsString()) && response.getFault() == null) {
                history.slackTook(found);
                slackListener.took(body, System.nanoTime());
            }
        } else if (request.getUrl().equals(PAGERDUTY)) {
            SinkLimits.pagerDuty(body).forEach(fault -> history.violation("pagerduty, " + found + ": " + fault));
            history.pagerDutyTook(incident(body), body.contains("\"resolve\"") ? "resolve" : "trigger");
            pagerDutyListener.took(body, System.nanoTime());
        }
    }

    private static String incident(String body) {
        int key = body.indexOf("\"dedup_key\"");
        Matcher token = TOKEN.matcher(body);
        return key >= 0 && token.find(key) ? token.group() : "no incident";
    }

    @Override
    public void close() {
        server.stop();
    }
}
