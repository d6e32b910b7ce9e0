package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator's requests about incidents and silences may say, and what they are told that may not. */
class AdminParametersTest {
    private static final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    static final GatewayExtension gateway =
            new GatewayExtension(sinks).with("rules.low-score.group-by", "source,project,name");

    @ParameterizedTest
    @CsvSource({
        "GET,    /admin/incidents?limit=1&limit=2,                        limit",
        "GET,    /admin/incidents?state=open&state=closed,                state",
        "GET,    /admin/incidents?before=1&before=1,                      before",
        "POST,   /admin/incidents/1/acknowledge?by=a&by=b,                by",
        "POST,   /admin/incidents/1/close?by=a&why=b&why=c,               why",
        "POST,   /admin/incidents/1/silence?for=1h&by=a&by=b&why=c,       by",
        "POST,   /admin/incidents/1/silence?for=1h&for=1h&by=a&why=c,     for",
        "GET,    /admin/silences?after=1&after=2,                         after",
        "DELETE, /admin/silences/1?by=a&by=b,                             by",
        "GET,    /admin/dead-letters?sink=slack&sink=pagerduty,           sink"
    })
    void a_parameter_that_is_there_twice_is_refused(String method, String path, String name) {
        HttpResponse<String> answer = gateway.management(method, path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(GatewayExtension.json(answer).path("error").asText())
                .isEqualTo("The parameter " + name + " is there more than once.");
    }

    @Test
    void a_parameter_of_an_odd_name_that_is_there_twice_is_refused_without_it() {
        assertThat(gateway.management("GET", "/admin/incidents?%1B%5B31m=1&%1B%5B31m=2")
                        .body())
                .isEqualTo("{\"error\":\"A parameter is there more than once.\"}");
    }

    /** A matcher holds no control character, so the silence has question marks for them. */
    @Test
    void an_incident_whose_labels_hold_control_characters_is_silenced_with_what_joins_it() {
        gateway.post(named());
        await().until(() -> gateway.json("/admin/incidents").path("incidents").size() == 1);
        HttpResponse<String> made =
                gateway.management("POST", "/admin/incidents/1/silence?for=1h&by=on-call&why=a+deploy");
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.body()).contains("a?b?c?");
        gateway.post(named());
        await().until(() -> gateway.json("/admin/incidents/1").path("count").asInt() == 2);
        assertThat(gateway.json("/admin/incidents/1").path("held").asText()).isEqualTo("silence 1");
    }

    private static String named() {
        return RunningGateway.fresh("score-created").replace("\"hallucination\"", "\"a\\nb\\u2028c\\u0085\"");
    }
}
