package io.fusewire.sinks;

import java.util.Map;

class PagerDutySinkTest extends HttpSinkContract {
    PagerDutySinkTest() {
        super("pagerduty", 202, "{\"status\":\"success\"}");
    }

    @Override
    Map<String, String> properties(String base, String secret) {
        return Map.of("sinks.pagerduty.url", base + "/v2/enqueue", "sinks.pagerduty.routing-key", secret);
    }
}
