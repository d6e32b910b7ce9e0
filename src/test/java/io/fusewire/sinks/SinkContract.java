package io.fusewire.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.LogLines;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every sink keeps, whatever it talks to. A sink's own test says what it is, and inherits the rest. */
abstract class SinkContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String SECRET = "secretPartOfTheAddress0123456789";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final String RULES =
            """
            - route:
                id: rules
                description: Every event goes to the sink under test, and to another one.
                from:
                  uri: fusewire:events
                  steps:
                    - to: {id: all, uri: fusewire:alert/contract, parameters: {severity: error, sinks: "%s,%s"}}
            """;

    final FakeSinks others = new FakeSinks();
    private final LogLines log = new LogLines();

    @RegisterExtension
    @Order(1)
    final OtherSide there = otherSide();

    @RegisterExtension
    @Order(2)
    final GatewayExtension gateway = new GatewayExtension(others)
            .with("camel.component.fusewire-http.response-timeout", "4s")
            .startedByTest();

    private StoreFile store;

    /** What the sink talks to. */
    interface OtherSide extends AfterEachCallback {
        /** From now on it takes what comes. */
        void takes();

        /** From now on it is too busy to answer within a delivery's time. */
        void isSlow();

        /** From now on it refuses for good, with a text that holds {@code secret}. */
        void refuses(String secret);

        /** Ways to be in trouble that may pass; running one makes it so. */
        List<Runnable> troubles();

        /** The messages that it took or refused, in the order of arrival, as they are written down. */
        List<JsonNode> received() throws IOException;

        void close();

        @Override
        default void afterEach(ExtensionContext context) {
            close();
        }
    }

    /** The sink's name. */
    abstract String sink();

    /** The sink's own files in the config folder, where it has any. */
    void configure(Path folder) throws IOException {}

    /** The folder of what it is sent, as written down. */
    String golden() {
        return sink();
    }

    /** What the reason of a dead letter says that was refused for good. */
    String refusal() {
        return "no such thing";
    }

    /** Starts the other side. */
    abstract OtherSide otherSide();

    /** Properties that point the sink there; {@code secret} is to be part of what must not be shown. */
    abstract Map<String, String> properties(OtherSide there, String secret);

    @BeforeEach
    void start() throws IOException {
        there.takes();
        gateway.withFile("routes/rules/built-in.camel.yaml", RULES.formatted(sink(), other()))
                .with("sinks." + sink() + ".per-second", "100")
                .with(properties(there, SECRET));
        configure(gateway.folder());
        gateway.start();
        store = gateway.store();
    }

    @AfterEach
    void no_secret_was_logged() {
        gateway.close();
        assertThat(log.text()).doesNotContain(SECRET);
        log.close();
    }

    @Test
    void each_example_is_sent_as_written_down() throws IOException {
        for (String example : List.of("trace-error", "score-created", "monitor-alert-ok", "prompt-version")) {
            int before = there.received().size();
            String event = RunningGateway.fresh(example);
            gateway.post(event);
            await().until(() -> there.received().size() == before + 1);
            String found = JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(there.received().get(before))
                            .replaceAll(TIME, "TIME")
                            .replace(event.split("\"")[3], "ID")
                            .replace(SECRET, "SECRET")
                    + "\n";
            Path golden = Path.of("src/test/resources/contract", golden(), example + ".json");
            if ("write".equals(System.getProperty("golden"))) {
                Files.createDirectories(golden.getParent());
                Files.writeString(golden, found);
            }
            assertThat(found).as(example).isEqualTo(Files.readString(golden));
        }
    }

    @Test
    void what_may_pass_is_tried_again_and_delivered_once() {
        for (Runnable trouble : there.troubles()) {
            trouble.run();
            double failed = attempts("later") + attempts("held");
            double before = attempts("delivered");
            gateway.post(RunningGateway.fresh("trace-error"));
            await().until(() -> attempts("later") + attempts("held") == failed + 1);
            there.takes();
            gateway.clock().forward(Duration.ofMinutes(10));
            await().until(() -> attempts("delivered") == before + 1);
        }
        assertThat(state()).isEqualTo("delivered");
    }

    @Test
    void what_is_final_is_a_dead_letter_with_its_event_and_a_reason_and_can_be_replayed() throws IOException {
        there.refuses(SECRET);
        String event = RunningGateway.fresh("trace-error");
        gateway.post(event);
        await().until(() -> state().startsWith("dead"));
        JsonNode deadLetter = JSON.readTree(gateway.management("GET", "/admin/dead-letters?sink=" + sink())
                        .body())
                .path(0);
        assertThat(deadLetter.path("reason").asText()).contains(refusal()).doesNotContain(SECRET);
        String one = "/admin/dead-letters/" + deadLetter.path("id").asText();
        assertThat(JSON.readTree(gateway.management("GET", one).body())
                        .path("body")
                        .asText())
                .isEqualTo(event);
        there.takes();
        assertThat(gateway.management("POST", one + "/replay").statusCode()).isEqualTo(200);
        await().until(() -> state().startsWith("delivered"));
    }

    @Test
    void while_it_is_slow_no_other_sink_waits() {
        there.isSlow();
        for (int i = 0; i < 5; i++) {
            gateway.post(RunningGateway.fresh("trace-error"));
        }
        await().until(() -> (other().equals("slack") ? others.slack() : others.pagerDuty()).size() == 5);
        assertThat(attempts("delivered")).isZero();
    }

    /** A sink beside the one under test. */
    private String other() {
        return sink().equals("slack") ? "pagerduty" : "slack";
    }

    String log() {
        return log.text();
    }

    GatewayExtension gateway() {
        return gateway;
    }

    String state() {
        List<String> rows =
                store.rows("SELECT state FROM delivery WHERE sink = '" + sink() + "' ORDER BY id DESC LIMIT 1");
        return rows.isEmpty() ? "" : rows.get(0);
    }

    int leases() {
        return store.rows("SELECT 1 FROM delivery WHERE leased_until > 0 AND sink = '" + sink() + "'")
                .size();
    }

    double attempts(String outcome) {
        return gateway.metric("fusewire_deliveries_total{outcome=\"" + outcome + "\",sink=\"" + sink() + "\"}");
    }
}
