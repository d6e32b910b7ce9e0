package io.fusewire.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.component.WorkerConsumer;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.StoreFile;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sink that has work for longer than one delivery may take. */
class BusySinkTest {
    private static final int EVENTS = 14;
    private static final String SINK =
            """
            - route:
                id: sink-busy
                description: Takes its time with each.
                routeConfigurationId: fusewire-patient
                from:
                  uri: fusewire:deliveries/busy
                  parameters: {workers: 1, lease: 3s}
                  steps:
                    - delay: {id: busy-delay, constant: "300"}
            """;
    private static final String RULE =
            """
            - route:
                id: busy-rules
                description: Every new trace.
                from:
                  uri: fusewire:events
                  steps:
                    - filter:
                        id: new-trace
                        simple: ${header.type} == 'trace.created'
                        steps:
                          - to: {id: new-trace-alert, uri: fusewire:alert/new-trace, parameters: {sinks: busy, groupBy: event}}
            """;

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension()
            .withFile("routes/sinks/busy.camel.yaml", SINK)
            .withFile("routes/rules/busy.camel.yaml", RULE);

    @Test
    void its_worker_is_not_taken_for_one_that_hangs() {
        for (int i = 0; i < EVENTS; i++) {
            gateway.post(GatewayExtension.fresh("trace-created"));
        }
        await().pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(WorkerConsumer.supervise(gateway.camel())).isEmpty();
            return states().equals("delivered " + EVENTS);
        });
        assertThat(rows("SELECT max(attempts) FROM delivery WHERE sink = 'busy'"))
                .as("an attempt that somebody broke off is made again")
                .isEqualTo("1");
    }

    private String states() {
        return rows("SELECT state, count(*) FROM delivery WHERE sink = 'busy' GROUP BY state");
    }

    private String rows(String query) {
        return String.join(", ", new StoreFile(gateway.folder()).rows(query));
    }
}
