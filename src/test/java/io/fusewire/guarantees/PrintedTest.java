package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.store.EventHistory;
import io.fusewire.store.Reconciliation;
import io.fusewire.store.Store;
import io.fusewire.testing.GatewayExtension;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a sink without an address only prints is called so, and is accounted for. */
class PrintedTest {
    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension()
            .with("fusewire.delivery.print-without-address", "true")
            .with("rules.trace-error.group-by", "source,project,error");

    @Test
    void a_message_of_its_own_is_printed_and_not_delivered() {
        gateway.post(GatewayExtension.fresh("prompt-version"));
        told("slack", 1);
        assertThat(why()).anyMatch(line -> line.matches("  slack: printed \\S+, rule prompt-version .*, attempts 1"));
        Reconciliation.Balance balance = looked(store -> new Reconciliation(store).verify());
        assertThat(balance.holds()).isTrue();
        assertThat(balance.count("slack", "printed")).isEqualTo(1);
        assertThat(balance.count("slack", "delivered")).isZero();
    }

    @Test
    void an_incident_is_printed_again_and_again_and_not_delivered() {
        gateway.post(GatewayExtension.fresh("trace-error"));
        told("pagerduty", 1);
        gateway.post(GatewayExtension.fresh("trace-error"));
        await().until(() -> gateway.json("/admin/incidents/1").path("count").asInt() == 2);
        assertThat(looked(store -> new Reconciliation(store).verify()).told().get("pagerduty"))
                .containsEntry("printed", 1L)
                .doesNotContainKey("told");
        assertThat(told(2).sentence())
                .startsWith("Event 2: it joined incident 1, of which ")
                .containsPattern(
                        "pagerduty, which has no address, printed it at \\S+Z and gets the next news at \\S+Z");
        assertThat(why()).anyMatch(line -> line.matches(".*; pagerduty: printed \\S+, next news due \\S+, told of 1"));
        gateway.clock().forward(Duration.ofMinutes(5));
        told("pagerduty", 2);
        told("slack", 2);
        Reconciliation.Balance balance = looked(store -> new Reconciliation(store).verify());
        assertThat(balance.holds()).isTrue();
        assertThat(balance.told().get("pagerduty")).containsOnlyKeys("printed").containsEntry("printed", 2L);
        assertThat(why()).anyMatch(line -> line.matches(".*; pagerduty: printed \\S+, told of 2"));
        assertThat(gateway.json("/admin/incidents/1").path("sinks").findValuesAsText("state"))
                .containsOnly("printed");
        assertThat(gateway.json("/admin/status").path("sinks").findValuesAsText("state"))
                .containsOnly("prints");
    }

    private void told(String sink, int times) {
        String sample = "fusewire_deliveries_total{outcome=\"%s\",sink=\"" + sink + "\"}";
        await().until(() -> gateway.metric(sample.formatted("printed")) == times);
        assertThat(gateway.metric(sample.formatted("delivered"))).isZero();
    }

    private List<String> why() {
        return told(1).lines();
    }

    private EventHistory.Told told(int event) {
        return looked(
                store -> new EventHistory(store).find(String.valueOf(event)).get(0));
    }

    private <T> T looked(Function<Store, T> reading) {
        try (Store store = Store.look(gateway.folder().resolve("data"), InstantSource.system())) {
            return reading.apply(store);
        }
    }
}
