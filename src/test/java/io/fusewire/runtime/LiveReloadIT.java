package io.fusewire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the dev profile a saved file is in force, and a broken one is not. */
class LiveReloadIT {
    private static final String READY = "Fusewire takes webhooks";
    private static final String RULE =
            """
            - route:
                id: own-rules
                description: Every trace that was created.
                from:
                  uri: fusewire:events
                  steps:
                    - filter:
                        id: %1$s
                        simple: ${header.type} == 'trace.created'
                        steps:
                          - to: {id: %1$s-alert, uri: fusewire:alert/%1$s, parameters: {severity: info, sinks: %2$s}}
            """;

    private static final String CASE =
            """
            - case: of a new trace
              event: {"event": "trace.created", "timestamp": "2026-08-22T08:21:04.250Z", "data": {"traceId": "t"}}
              fires: [%s]
              reaches: [slack]
            """;

    @TempDir
    Path folder;

    @Test
    void a_saved_rule_is_in_force_and_a_broken_one_leaves_the_old_ones() throws Exception {
        Files.createDirectories(folder.resolve("routes/rules"));
        try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, "-Dcamel.main.profile=dev")) {
            save("fresh-trace", "slack");
            await().until(() -> starts(gateway) == 2);
            send(gateway, "trace-1");
            await().until(() -> gateway.log().contains("trace-1"));
            assertThat(gateway.log()).contains("fresh-trace");

            save("other-trace", "slak");
            await().until(() -> gateway.log().contains("not in force; what was before stays so."));
            assertThat(gateway.log())
                    .contains("routes/rules/own.camel.yaml: saved, and not in force; what was before stays so. ")
                    .contains("rule other-trace names the sink 'slak'; there are ");
            send(gateway, "trace-2");
            await().until(() -> gateway.log().contains("trace-2"));
            assertThat(starts(gateway)).isEqualTo(2);

            save("other-trace", "slack");
            await().until(() -> starts(gateway) == 3);
            send(gateway, "trace-3");
            await().until(() -> gateway.log().contains("trace-3"));
            assertThat(gateway.log()).contains("other-trace");
            assertThat(gateway.log()).containsOnlyOnce("everybody knows").containsOnlyOnce("Rules: fresh-trace");

            Files.createDirectories(folder.resolve("rules"));
            Files.writeString(folder.resolve("rules/own.yaml"), CASE.formatted("other-trace"));
            await().until(() -> gateway.log().contains("rules/own.yaml: saved, and tried. All "));
            Files.writeString(folder.resolve("rules/own.yaml"), CASE.formatted("fresh-trace"));
            await().until(() -> gateway.log()
                    .contains("rules/own.yaml, case 'of a new trace': fires other-trace and not fresh-trace 1 of "));
            assertThat(starts(gateway)).as("the rules are as they were").isEqualTo(3);

            Files.delete(folder.resolve("routes/rules/own.camel.yaml"));
            Files.delete(folder.resolve("rules/own.yaml"));
            await().until(() -> starts(gateway) == 4);
            assertThat(gateway.log()).contains("routes/rules/own.camel.yaml: deleted");
            assertThat(gateway.terminate()).isZero();
        }
    }

    private void save(String rule, String sink) throws IOException {
        Files.writeString(folder.resolve("routes/rules/own.camel.yaml"), RULE.formatted(rule, sink));
    }

    private void send(GatewayProcess gateway, String trace) throws Exception {
        Path event = folder.resolve(trace + ".json");
        Files.writeString(
                event,
                """
                {"event": "trace.created", "timestamp": "2026-08-22T08:21:04.250Z", "data": {"traceId": "%s"}}
                """
                        .formatted(trace));
        gateway.send(GatewayProcess.JAR, folder, 0, event);
    }

    private static int starts(GatewayProcess gateway) throws IOException {
        return List.of(gateway.log().split(READY, -1)).size() - 1;
    }
}
