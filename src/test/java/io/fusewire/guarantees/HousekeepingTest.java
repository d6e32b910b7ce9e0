package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.StoreFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway does by itself from time to time. */
class HousekeepingTest {
    @TempDir
    Path folder;

    @Test
    void old_events_go_and_the_store_is_reconciled() {
        try (FakeSinks sinks = new FakeSinks()) {
            Map<String, String> properties = new HashMap<>(sinks.properties());
            properties.put("fusewire.retention.sweep-every", "200ms");
            properties.put("fusewire.reconciliation.check-every", "200ms");
            try (RunningGateway gateway = RunningGateway.in(folder, properties)) {
                StoreFile store = new StoreFile(folder);
                gateway.post(RunningGateway.fresh("score-created"));
                await().until(() -> store.rows("SELECT 1 FROM delivery WHERE state = 'delivered'")
                                .size()
                        == 1);
                await().until(() -> gateway.metric("fusewire_reconciliation_difference") == 0);
                gateway.clock().forward(Duration.ofDays(8));
                await().until(() -> store.rows("SELECT key FROM event").isEmpty());
                assertThat(store.rows("SELECT sink, state, count FROM pruned ORDER BY sink"))
                        .containsExactly(" events 1", "slack delivered 1");

                gateway.post(RunningGateway.fresh("score-created"));
                await().until(() -> store.rows("SELECT 1 FROM delivery WHERE state = 'delivered'")
                                .size()
                        == 1);
                store.change("DELETE FROM delivery");
                await().until(() -> gateway.metric("fusewire_reconciliation_difference") == 1);
            }
        }
    }

    @Test
    void a_retention_so_short_that_a_copy_would_be_new_again_is_refused() {
        assertThatThrownBy(() -> RunningGateway.in(folder, Map.of("fusewire.retention.finished", "10m")))
                .hasStackTraceContaining("fusewire.retention.finished is shorter than 1h: an event that is sent again"
                        + " must be known again; set 1h or more");
    }
}
