package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The other side of a sink that speaks HTTP. */
final class FakeHttpSink implements SinkContract.OtherSide {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOO_LONG = 12_000;

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final Supplier<ResponseDefinitionBuilder> taken;

    /** @param taken what it answers when it has taken an alert */
    FakeHttpSink(Supplier<ResponseDefinitionBuilder> taken) {
        this.taken = taken;
        server.start();
    }

    String base() {
        return server.baseUrl();
    }

    List<LoggedRequest> requests() {
        return server.getAllServeEvents().stream()
                .map(served -> served.getRequest())
                .sorted((a, b) -> a.getLoggedDate().compareTo(b.getLoggedDate()))
                .toList();
    }

    @Override
    public void takes() {
        answers(taken.get());
    }

    @Override
    public void isSlow() {
        answers(taken.get().withFixedDelay(TOO_LONG));
    }

    @Override
    public void refuses(String secret) {
        answers(aResponse().withStatus(400).withBody("no such thing at " + secret));
    }

    @Override
    public List<Runnable> troubles() {
        return List.of(
                () -> answers(aResponse().withStatus(500)),
                () -> answers(aResponse().withStatus(429).withHeader("Retry-After", "5")),
                () -> answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    }

    @Override
    public List<JsonNode> received() throws IOException {
        List<JsonNode> bodies = new ArrayList<>();
        for (LoggedRequest request : requests()) {
            bodies.add(JSON.readTree(request.getBodyAsString()));
        }
        return bodies;
    }

    /** The names of a request's headers, in lower case. */
    static List<String> headers(LoggedRequest request) {
        return request.getHeaders().all().stream()
                .map(HttpHeader::key)
                .map(String::toLowerCase)
                .sorted()
                .toList();
    }

    void answers(ResponseDefinitionBuilder answer) {
        server.resetMappings();
        server.stubFor(any(anyUrl()).willReturn(answer));
    }

    @Override
    public void close() {
        server.stop();
    }
}
