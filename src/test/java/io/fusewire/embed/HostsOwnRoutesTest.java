package io.fusewire.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fusewire.Fusewire;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.RunningGateway;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A host's rules and sinks in Java are looked at, started and stopped as ours are. */
class HostsOwnRoutesTest {
    @RegisterExtension
    final Host host = new Host();

    private final FakeSinks sinks = host.sinks();
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    @Test
    void a_rule_and_a_sink_of_the_host_work_beside_ours_and_go_with_them() throws Exception {
        Set<String> before = host.belongings();
        try (Fusewire gateway =
                host.gateway().routes(new Rule("orders"), new Sink()).start()) {
            assertThat(gateway.ready()).isTrue();
            host.post(RunningGateway.fresh("trace-error"));
            await().until(() -> arrived.size() == 1 && sinks.slack().size() == 1);
            assertThat(arrived.get(0)).contains("\"rule\":\"failed-trace\"");
        }
        assertThat(host.belongings()).isEqualTo(before);
    }

    @Test
    void a_rule_of_the_host_that_names_an_absent_sink_is_refused_and_nothing_stays() {
        Set<String> before = host.belongings();
        assertThatThrownBy(() ->
                        host.gateway().routes(new Rule("order"), new Sink()).start())
                .hasMessageStartingWith(
                        "class:io/fusewire/embed/HostsOwnRoutesTest$Rule: rule failed-trace names the sink"
                                + " 'order'; there are ");
        assertThat(host.belongings()).isEqualTo(before);
    }

    private static final class Rule extends RouteBuilder {
        private final String sink;

        Rule(String sink) {
            this.sink = sink;
        }

        @Override
        public void configure() {
            from("fusewire:events")
                    .routeId("failed-traces")
                    .description("Traces that failed.")
                    .filter(header("level").isEqualTo("ERROR"))
                    .id("is-error")
                    .to("fusewire:alert/failed-trace?severity=info&sinks=" + sink)
                    .id("failed-trace");
        }
    }

    private final class Sink extends RouteBuilder {
        @Override
        public void configure() {
            from("fusewire:deliveries/orders")
                    .routeId("orders-sink")
                    .description("Keeps what comes.")
                    .routeConfigurationId("fusewire-patient")
                    .to("fusewire:render")
                    .id("orders-message")
                    .process(exchange -> arrived.add(exchange.getMessage().getBody(String.class)))
                    .id("orders-keep");
        }
    }
}
