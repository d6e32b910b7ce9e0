package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.Map;

class TeamsSinkTest extends HttpSinkContract {
    @Override
    String sink() {
        return "teams";
    }

    @Override
    Map<String, String> properties(String base, String secret) {
        return Map.of("sinks.teams.webhook-url", base + "/workflows/" + secret);
    }

    @Override
    ResponseDefinitionBuilder taken() {
        return aResponse().withStatus(202);
    }
}
