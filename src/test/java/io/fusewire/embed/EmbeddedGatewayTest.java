package io.fusewire.embed;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fusewire.Fusewire;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.LogLines;
import io.fusewire.testing.RunningGateway;
import io.fusewire.webhook.AsyncIdempotentConsumer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fusewire in a plain Camel context: beside what is there, and gone without a trace. */
class EmbeddedGatewayTest {
    private static final String ACCEPTED = "200 {\"received\":true}";

    @RegisterExtension
    final Host host = new Host();

    private final FakeSinks sinks = host.sinks();

    @Test
    void an_event_goes_all_the_way_beside_routes_of_the_same_names() throws Exception {
        try (Fusewire gateway = host.gateway().start()) {
            assertThat(gateway.ready()).isTrue();
            String event = RunningGateway.fresh("trace-error");
            assertThat(host.post(event)).isEqualTo(ACCEPTED);
            assertThat(host.post(event)).isEqualTo("200 {\"received\":true,\"duplicate\":true}");
            await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
            assertThat(host.ownRoute()).isEqualTo("the host's");
            assertThat(host.camel().getProcessor("store-once")).isExactlyInstanceOf(AsyncIdempotentConsumer.class);
        }
    }

    @Test
    void the_host_s_log_says_what_started() {
        try (LogLines log = new LogLines();
                Fusewire gateway = host.gateway().start()) {
            assertThat(gateway.ready()).isTrue();
            assertThat(log.text().lines())
                    .anyMatch(line -> line.startsWith("Configuration: /"))
                    .anyMatch(line -> line.startsWith("Webhooks: http://") && line.endsWith("(source default)."))
                    .anyMatch(line -> line.startsWith("Sinks that are on: pagerduty ("));
        }
    }

    @Test
    void a_rule_beside_the_host_is_one_file() throws Exception {
        host.write(
                "routes/rules/new-traces.camel.yaml",
                """
                - route:
                    id: new-traces
                    description: A rule of our own.
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
            String anotherCause = RunningGateway.fresh("trace-error").replace("provider", "provider" + "x".repeat(i));
            assertThat(host.post(anotherCause)).isEqualTo(ACCEPTED);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to: {id: post, uri: 'kamelet:post-json-sink?status=200'}",
                "toD: {id: post, uri: 'kamelet:post-${header.which}?status=200'}"
            })
    void a_redelivery_repeats_the_whole_kamelet_however_it_is_called(String call) throws Exception {
        host.write(
                "routes/sinks/slack.camel.yaml",
                """
                - route:
                    id: own-slack
                    description: Slack, called in a way of the engineer's own.
                    routeConfigurationId: fusewire-patient
                    from:
                      uri: fusewire:deliveries/slack
                      parameters: {address: webhook-url, perSecond: "{{sinks.slack.per-second}}"}
                      steps:
                        - to: {id: message, uri: fusewire:render}
                        - setHeader: {id: which, name: which, constant: json-sink}
                        - %s
                """
                        .formatted(call));
        sinks.slackAnswers(aResponse().withStatus(500));
        try (Fusewire gateway = host.gateway().start()) {
            assertThat(gateway.ready()).isTrue();
            host.post(RunningGateway.fresh("trace-error"));
            await().until(() -> sinks.slack().size() == 2);
            assertThat(host.camel().getRoute("own-slack")).isNotNull();
        }
        assertThat(host.camel().getRoute("own-slack")).isNull();
    }

    @Test
    void two_gateways_live_in_one_process() throws Exception {
        try (Host other = new Host(sinks);
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
    void what_a_host_brings_prints_none_of_its_secrets() {
        Properties properties = new Properties();
        properties.setProperty("fusewire.webhook.secrets", "lf-whsec_secret-of-the-host");
        assertThat(new EmbeddedGateway.Brought(properties, null, null, List.of()).toString())
                .doesNotContain("lf-whsec_secret-of-the-host");
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
    void a_route_that_takes_what_is_ours_is_named_and_left_alone() throws Exception {
        host.route("orders", "direct:accept", "an order");
        assertThatThrownBy(() -> host.gateway().start())
                .hasMessage(
                        "The host's route 'orders' is from direct:accept, which is where Fusewire takes events; give"
                                + " it another endpoint.");
        assertThat(host.ask("direct:accept")).isEqualTo("an order");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fusewire-poll", "fusewire-webhook-alias"})
    void a_route_whose_id_is_one_of_ours_is_named_and_left_alone(String id) throws Exception {
        host.route(id, "direct:orders", "an order");
        Set<String> before = host.belongings();
        assertThatThrownBy(() -> host.gateway().start())
                .hasMessageContaining(".camel.yaml: the route id '" + id + "' is taken by the host; give it another.");
        assertThat(host.belongings()).isEqualTo(before);
        assertThat(host.ask("direct:orders")).isEqualTo("an order");
    }

    @Test
    void a_route_of_the_host_with_our_prefix_is_the_hosts() throws Exception {
        host.route("fusewire-orders", "direct:orders", "an order");
        Set<String> before = host.belongings();
        host.gateway().start().stop();
        assertThat(host.belongings()).isEqualTo(before);
        assertThat(host.ask("direct:orders")).isEqualTo("an order");
    }

    @Test
    void readiness_is_down_as_long_as_requests_are_turned_away() throws Exception {
        List<String> seen = new ArrayList<>();
        host.camel().getManagementStrategy().addEventNotifier(new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) throws Exception {
                if (event instanceof CamelEvent.RouteStartedEvent started
                        && started.getRoute().getRouteId().equals("fusewire-webhook-default")) {
                    seen.add(host.readiness() + " " + host.post("{}").substring(0, 3));
                }
            }
        });
        try (Fusewire gateway = host.gateway().start()) {
            seen.add(host.readiness() + " " + host.post("{}").substring(0, 3));
            assertThat(gateway.ready()).isTrue();
        }
        assertThat(seen).containsExactly("DOWN 503", "UP 400");
    }
}
