package io.fusewire.embed;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fusewire.Fusewire;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.RunningGateway;
import io.fusewire.webhook.AsyncIdempotentConsumer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fusewire in a plain Camel context: beside what is there, and gone without a trace. */
class EmbeddedGatewayTest {
    private static final String ACCEPTED = "200 {\"received\":true}";

    @TempDir
    Path folder;

    private final FakeSinks sinks = new FakeSinks();
    private Host host;

    @BeforeEach
    void start() throws Exception {
        host = new Host(folder, sinks);
    }

    @AfterEach
    void stop() {
        host.close();
        sinks.close();
    }

    @Test
    void an_event_goes_all_the_way_beside_routes_of_the_same_names() throws Exception {
        try (Fusewire gateway = host.gateway().start()) {
            assertThat(gateway.ready()).isTrue();
            String event = RunningGateway.fresh("trace-error");
            assertThat(host.post(event)).isEqualTo(ACCEPTED);
            assertThat(host.post(event)).isEqualTo("200 {\"received\":true,\"duplicate\":true}");
            await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
            assertThat(host.ownRoute()).isEqualTo("the host's");
            assertThat(host.camel().getProcessor("fusewire-store-once"))
                    .isExactlyInstanceOf(AsyncIdempotentConsumer.class);
        }
    }

    @Test
    void a_rule_beside_the_host_is_one_file() throws Exception {
        Path rules = Files.createDirectories(folder.resolve("config/routes/rules"));
        Files.writeString(
                rules.resolve("new-traces.camel.yaml"),
                """
                - route:
                    id: new-traces
                    description: A rule of our own.
                    routeConfigurationId: one-broken-rule-stops-no-other
                    from:
                      uri: fusewire:events
                      steps:
                        - to: {id: new-traces-alert, uri: fusewire:alert/new-traces, parameters: {sinks: pagerduty}}
                """);
        try (Fusewire gateway = host.gateway().start()) {
            assertThat(gateway.ready()).isTrue();
            assertThat(host.post(RunningGateway.fresh("score-created"))).isEqualTo(ACCEPTED);
            await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
        }
    }

    @Test
    void a_stop_gives_everything_back_and_a_start_goes_on() throws Exception {
        Set<String> before = host.belongings();
        for (int i = 1; i <= 3; i++) {
            int round = i;
            Fusewire gateway = host.gateway().start();
            assertThat(host.post(RunningGateway.fresh("trace-error"))).isEqualTo(ACCEPTED);
            await().until(() -> sinks.slack().size() == round);
            gateway.stop();
            assertThat(gateway.ready()).isFalse();
            assertThat(host.belongings()).isEqualTo(before);
            assertThatThrownBy(() -> host.post("{}")).isInstanceOf(IOException.class);
        }
        assertThat(host.ownRoute()).isEqualTo("the host's");
    }

    @Test
    void a_policy_of_the_host_does_not_reach_into_it() throws Exception {
        sinks.slackAnswers(aResponse().withStatus(400).withBody("no_such_thing"));
        sinks.pagerDutyAnswers(aResponse().withStatus(500));
        try (Fusewire gateway = host.gateway().start()) {
            assertThat(gateway.ready()).isTrue();
            assertThat(host.post("{}")).isEqualTo("400 {\"error\":\"The event has no type.\"}");
            host.post(RunningGateway.fresh("trace-error"));
            await().until(() -> sinks.pagerDuty().size() == 2);
            await().until(() -> host.deadLetters().contains("answered 400 no_such_thing"));
            assertThat(sinks.slack()).hasSize(1);
        }
    }

    @Test
    void every_kamelet_of_ours_comes_along() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/kamelets"))) {
            assertThat(HostedRoutes.KAMELETS)
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString().replace(".kamelet.yaml", ""))
                                    .toList());
        }
    }

    @Test
    void two_gateways_live_in_one_process() throws Exception {
        try (Host other = new Host(folder.resolve("other"), sinks);
                Fusewire one = host.gateway().start();
                Fusewire two = other.gateway().start()) {
            assertThat(one.ready() && two.ready()).isTrue();
            String event = RunningGateway.fresh("trace-error");
            assertThat(host.post(event)).isEqualTo(ACCEPTED);
            assertThat(other.post(event)).isEqualTo(ACCEPTED);
            await().until(() -> sinks.slack().size() == 2);
            assertThatThrownBy(() -> host.gateway().start())
                    .hasMessage("The host's Camel context has a Fusewire already; stop it first.");
        }
    }

    @Test
    void a_host_that_stops_takes_it_along() throws Exception {
        Fusewire gateway = host.gateway().start();
        host.close();
        assertThat(gateway.ready()).isFalse();
        assertThatThrownBy(() -> host.post("{}")).isInstanceOf(IOException.class);
        gateway.stop();
    }

    @Test
    void what_is_wrong_is_said_and_nothing_stays() {
        Set<String> before = host.belongings();
        assertThatThrownBy(
                        () -> host.gateway().set("fusewire.webhook.secret", "x").start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no property 'fusewire.webhook.secret'; did you mean 'fusewire.webhook.secrets'?");
        assertThatThrownBy(() -> host.gateway().set("fusewire.http", "shut").start())
                .hasMessage("fusewire.http: there is no 'shut'; there are own, host, none");
        assertThatThrownBy(
                        () -> host.gateway().set("fusewire.webhook.secrets", "").start())
                .hasMessageContaining("set fusewire.webhook.secrets");
        assertThat(host.belongings()).isEqualTo(before);
        assertThatThrownBy(() -> Fusewire.into(new DefaultCamelContext()).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The host's Camel context does not run yet; start it before Fusewire.");
    }

    @Test
    void a_route_that_is_in_the_way_is_named_and_left_alone() throws Exception {
        host.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:accept").routeId("orders").setBody(constant("an order"));
            }
        });
        assertThatThrownBy(() -> host.gateway().start())
                .hasMessage("The host's route 'orders' from direct:accept has a name of Fusewire's: ids that begin with"
                        + " fusewire-, and direct:accept.");
        assertThat(host.camel().createProducerTemplate().requestBody("direct:accept", "", String.class))
                .isEqualTo("an order");
    }
}
