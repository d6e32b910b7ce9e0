package io.fusewire.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.config.Settings;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command {@code status}, of a gateway that runs. */
class StatusCommandTest {
    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway =
            new GatewayExtension(sinks).with("rules.trace-error.group-by", "source,project,error");

    @Test
    void it_shows_in_columns_how_the_gateway_does() {
        gateway.post(GatewayExtension.fresh("trace-error"));
        await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
        await().untilAsserted(
                        () -> assertThat(run()).contains("open: 1 of trace-error (critical)", "0 deliveries wait"));
        assertThat(run().lines())
                .anyMatch(line -> line.matches("fusewire   .+, runs since \\S+ \\(\\d+.*s ago\\)"))
                .contains("health     live UP, ready UP", "polls      none")
                .anyMatch(
                        line -> line.matches("sources    default  last event \\S+ \\(.* ago\\), at /webhooks/langfuse"))
                .contains("sinks      email      off, sinks.email.to is not set, 0 waiting, 0 dead letters")
                .anyMatch(line -> line.matches(
                        "           slack      on, 0 waiting, 0 dead letters, last delivery \\S+ \\(.* ago\\)"))
                .contains("refused    none since it runs");
    }

    @Test
    void it_counts_what_was_refused_and_tells_what_is_not_due_from_what_is_late() {
        gateway.post("/webhooks/langfuse", GatewayExtension.fresh("trace-error"), "lf-whsec_another");
        gateway.post("/webhooks/langfuse", "{}", GatewayExtension.SECRET);
        gateway.post(GatewayExtension.fresh("trace-error"));
        await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
        gateway.post(GatewayExtension.fresh("trace-error"));
        await().untilAsserted(() -> assertThat(run())
                .contains(
                        "refused    mismatch 1, unreadable 1 since it runs\n",
                        "backlog    0 events wait for their rules, 2 deliveries wait, 2 of them not due yet, 0 dead"
                                + " letters\n"));
    }

    @Test
    void it_says_why_the_gateway_is_not_ready_and_exits_with_1() {
        gateway.close();
        gateway.with("fusewire.backlog.limit", "1")
                .with("fusewire.delivery.redeliveries", "0")
                .start();
        sinks.slackAnswers(aResponse().withStatus(503).withBody("later"));
        gateway.post(GatewayExtension.fresh("trace-error"));
        await().untilAsserted(() -> assertThat(run(1))
                .contains(
                        "health     live UP, ready DOWN\n           The backlog is at its limit, not ready since 20"));
    }

    private String run() {
        return run(0);
    }

    private String run(int expected) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int exit = new Commands(out, out)
                .with("one", () -> new StatusCommand(() -> new Settings(gateway.camel()), gateway.clock()))
                .execute("one");
        assertThat(exit).as(printed.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
