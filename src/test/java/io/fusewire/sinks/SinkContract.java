package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.fusewire.RunningGateway;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.LogLines;
import io.fusewire.testing.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every sink keeps, whatever it talks to. A sink's own test says what it is, and inherits the rest. */
abstract class SinkContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "secret-part-of-the-address-0123456789";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final String RULES =
            """
            - route:
                id: rules
                description: Every event goes to the sink under test, and errors to Slack too.
                from:
                  uri: fusewire:events
                  steps:
                    - to: {id: all, uri: fusewire:alert/contract, parameters: {severity: error, sinks: "%s,slack"}}
            """;

    @TempDir
    Path folder;

    private final WireMockServer there =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final FakeSinks others = new FakeSinks();
    private final LogLines log = new LogLines();
    private RunningGateway gateway;
    private StoreFile store;

    /** The sink's name. */
    abstract String sink();

    /** Properties that point it at {@code base}; {@code secret} is to be part of its address. */
    abstract Map<String, String> properties(String base, String secret);

    /** What it answers when it has taken an alert. */
    abstract ResponseDefinitionBuilder taken();

    @BeforeEach
    void start() throws IOException {
        there.start();
        answers(taken());
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/rules.camel.yaml"), RULES.formatted(sink()));
        Map<String, String> all = new HashMap<>(others.properties());
        all.put("sinks." + sink() + ".per-second", "100");
        all.putAll(properties(there.baseUrl(), SECRET));
        gateway = RunningGateway.in(folder, all);
        store = new StoreFile(folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
        others.close();
        there.stop();
        assertThat(log.text()).doesNotContain(SECRET);
        log.close();
    }

    @Test
    void each_example_is_posted_as_written_down() throws IOException {
        for (String example : List.of("trace-error", "score-created", "monitor-alert-ok", "prompt-version")) {
            int before = requests().size();
            gateway.post(RunningGateway.fresh(example));
            await().until(() -> requests().size() == before + 1);
            String found = JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(body(requests().get(before)))
                            .replaceAll(TIME, "TIME")
                            .replace(SECRET, "SECRET")
                    + "\n";
            Path golden = Path.of("src/test/resources/contract", sink(), example + ".json");
            if ("write".equals(System.getProperty("golden"))) {
                Files.createDirectories(golden.getParent());
                Files.writeString(golden, found);
            }
            assertThat(found).as(example).isEqualTo(Files.readString(golden));
        }
    }

    @Test
    void what_may_pass_is_tried_again_and_delivered_once() {
        for (ResponseDefinitionBuilder trouble : List.of(
                aResponse().withStatus(500),
                aResponse().withStatus(429).withHeader("Retry-After", "5"),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))) {
            answers(trouble);
            double before = attempts("delivered");
            gateway.post(RunningGateway.fresh("trace-error"));
            await().until(() -> state().startsWith("waiting") && leases() == 0);
            answers(taken());
            gateway.clock().forward(Duration.ofMinutes(10));
            await().until(() -> attempts("delivered") == before + 1);
        }
        assertThat(state()).startsWith("delivered");
    }

    @Test
    void what_is_final_is_a_dead_letter_with_its_event_and_a_reason_and_can_be_replayed() throws IOException {
        answers(aResponse().withStatus(400).withBody("no such thing at " + SECRET));
        String event = RunningGateway.fresh("trace-error");
        gateway.post(event);
        await().until(() -> state().startsWith("dead"));
        JsonNode letter = JSON.readTree(gateway.management("GET", "/admin/dead-letters?sink=" + sink())
                        .body())
                .path(0);
        assertThat(letter.path("reason").asText())
                .contains("answered 400 no such thing")
                .doesNotContain(SECRET);
        String one = "/admin/dead-letters/" + letter.path("id").asText();
        assertThat(JSON.readTree(gateway.management("GET", one).body())
                        .path("body")
                        .asText())
                .isEqualTo(event);
        answers(taken());
        assertThat(gateway.management("POST", one + "/replay").statusCode()).isEqualTo(200);
        await().until(() -> state().startsWith("delivered"));
    }

    @Test
    void while_it_is_slow_no_other_sink_waits() {
        answers(taken().withFixedDelay(8_000));
        for (int i = 0; i < 5; i++) {
            gateway.post(RunningGateway.fresh("trace-error"));
        }
        await().until(() -> others.slack().size() == 5);
        assertThat(attempts("delivered")).isZero();
    }

    private void answers(ResponseDefinitionBuilder answer) {
        there.resetMappings();
        there.stubFor(any(anyUrl()).willReturn(answer));
    }

    private List<LoggedRequest> requests() {
        return there.getAllServeEvents().stream()
                .map(served -> served.getRequest())
                .sorted((a, b) -> a.getLoggedDate().compareTo(b.getLoggedDate()))
                .toList();
    }

    /** What was posted; the headers that the sink signs by are its own test's business. */
    private static ObjectNode body(LoggedRequest request) throws IOException {
        return (ObjectNode) JSON.readTree(request.getBodyAsString());
    }

    private String state() {
        List<String> rows =
                store.rows("SELECT state FROM delivery WHERE sink = '" + sink() + "' ORDER BY id DESC LIMIT 1");
        return rows.isEmpty() ? "" : rows.get(0);
    }

    private int leases() {
        return store.rows("SELECT 1 FROM delivery WHERE leased_until > 0 AND sink = '" + sink() + "'")
                .size();
    }

    private double attempts(String outcome) {
        return gateway.metric("fusewire_deliveries_total{outcome=\"" + outcome + "\",sink=\"" + sink() + "\"}");
    }
}
