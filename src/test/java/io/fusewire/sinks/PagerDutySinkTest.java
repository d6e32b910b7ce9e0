package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.Map;

class PagerDutySinkTest extends HttpSinkContract {
    @Override
    String sink() {
        return "pagerduty";
    }

    @Override
    Map<String, String> properties(String base, String secret) {
        return Map.of("sinks.pagerduty.url", base + "/v2/enqueue", "sinks.pagerduty.routing-key", secret);
    }

    @Override
    ResponseDefinitionBuilder taken() {
        return aResponse().withStatus(202).withBody("{\"status\":\"success\"}");
    }
}
