package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.Map;

class SlackSinkTest extends HttpSinkContract {
    @Override
    String sink() {
        return "slack";
    }

    @Override
    Map<String, String> properties(String base, String secret) {
        return Map.of("sinks.slack.webhook-url", base + "/services/T1/B1/" + secret);
    }

    @Override
    ResponseDefinitionBuilder taken() {
        return aResponse().withStatus(200).withBody("ok");
    }
}
