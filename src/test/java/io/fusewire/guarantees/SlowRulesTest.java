package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.Postgres;
import io.fusewire.testing.RunningGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules so slow that a batch outlasts its lease: two gateways must not take it from each other for ever. */
class SlowRulesTest {
    private static final int EVENTS = 30;
    private static final String SLOW =
            """
            - route:
                id: slow
                description: Takes its time, and raises nothing.
                routeConfigurationId: fusewire-one-broken-rule-stops-no-other
                from:
                  uri: fusewire:events
                  parameters: {lease: 300ms, anySteps: true}
                  steps:
                    - delay: {id: slow-delay, constant: "50"}
                    - filter:
                        id: slow-filter
                        simple: ${header.type} == 'never'
                        steps:
                          - to: {id: slow-alert, uri: fusewire:alert/slow, parameters: {sinks: slack}}
            """;

    @TempDir
    Path folder;

    @Test
    void every_event_is_decided_once() throws Exception {
        Files.writeString(
                Files.createDirectories(folder.resolve("routes/rules")).resolve("slow.camel.yaml"), SLOW);
        try (FakeSinks sinks = new FakeSinks()) {
            Map<String, String> properties = new HashMap<>(sinks.properties());
            properties.put("fusewire.store.url", Postgres.database());
            properties.put("fusewire.store.user", Postgres.USER);
            properties.put("fusewire.store.connections", "6");
            try (RunningGateway one = RunningGateway.in(folder, properties);
                    RunningGateway other = RunningGateway.in(folder, properties)) {
                for (int i = 0; i < EVENTS; i++) {
                    one.post(RunningGateway.fresh("trace-error"));
                }
                await().until(() -> sinks.slack().size() >= EVENTS);
                await().until(() -> sinks.pagerDuty().size() >= EVENTS);
                await().until(() -> other.metric("fusewire_events_waiting") == 0);
                assertThat(sinks.slack()).hasSize(EVENTS);
                assertThat(sinks.pagerDuty()).hasSize(EVENTS);
            }
        }
    }
}
