package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay of the rules repeats nothing, the counters neither. */
class ReplayedRulesTest {
    private static final String BROKEN =
            """
            - route:
                id: bad
                description: Throws at each event.
                from:
                  uri: fusewire:events
                  steps:
                    - filter:
                        id: bad-filter
                        simple: ${body.noSuchFact} == 'x'
                        steps:
                          - to: {id: bad-alert, uri: fusewire:alert/bad, parameters: {sinks: slack}}
                          - stop: {id: bad-stop}
            """;

    @TempDir
    Path folder;

    @Test
    void a_replay_of_the_rules_counts_no_tokens_twice() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("routes/rules")).resolve("bad.camel.yaml"), BROKEN);
        StoreFile store = new StoreFile(folder);
        try (FakeSinks sinks = new FakeSinks();
                RunningGateway gateway = RunningGateway.in(folder, sinks.properties())) {
            gateway.post(RunningGateway.fresh("generation-created"));
            await().until(() -> tokens(gateway) > 0);
            String id =
                    store.rows("SELECT id FROM delivery WHERE state = 'dead'").get(0);
            gateway.management("POST", "/admin/dead-letters/" + id + "/replay");
            await().until(() ->
                    store.rows("SELECT replays, state FROM delivery").equals(List.of("1 dead")));
            gateway.post(RunningGateway.fresh("generation-created"));
            await().until(() -> tokens(gateway) >= 2 * 812);
            assertThat(tokens(gateway)).isEqualTo(2 * 812);
        }
    }

    private static double tokens(RunningGateway gateway) {
        return gateway.metric("fusewire_llm_tokens_total{kind=\"input\",model=\"gpt-4o\"}");
    }
}
