package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.Postgres;
import io.fusewire.testing.RunningGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways at one PostgreSQL: whatever reaches either of them is acted on once. And while it is away, nothing is promised. */
class SharedStoreGatewaysTest {
    @TempDir
    Path folder;

    private final String url = Postgres.database();
    private final String database = url.substring(url.lastIndexOf('/') + 1);
    private final FakeSinks sinks = new FakeSinks();
    private final Map<String, String> properties = new HashMap<>();
    private RunningGateway one;
    private RunningGateway other;

    @BeforeEach
    void start() throws Exception {
        properties.putAll(sinks.properties());
        properties.put("fusewire.store.url", url);
        properties.put("fusewire.store.user", Postgres.USER);
        properties.put(
                "fusewire.store.password-file",
                Files.writeString(folder.resolve("password"), "not asked for").toString());
        properties.put("fusewire.store.connections", "6");
        properties.put("fusewire.store.commit-timeout", "1800ms");
        one = RunningGateway.in(folder, properties);
        other = RunningGateway.in(folder, properties);
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        sinks.close();
        assertThat(sinks.violations()).isEmpty();
    }

    @Test
    void an_event_is_new_to_one_of_them_and_its_alerts_go_out_once() {
        String event = RunningGateway.fresh("trace-error");
        assertThat(one.post(event).body()).isEqualTo("{\"received\":true}");
        assertThat(other.post(event).body()).isEqualTo("{\"received\":true,\"duplicate\":true}");
        for (int i = 0; i < 20; i++) {
            assertThat((i % 2 == 0 ? one : other)
                            .post(RunningGateway.fresh("trace-error"))
                            .statusCode())
                    .isEqualTo(200);
        }
        await().until(() -> sinks.slack().size() >= 21 && sinks.pagerDuty().size() >= 21);
        await().until(() -> rows("SELECT count(*) FROM fusewire.delivery WHERE state = 'waiting'")
                .equals("0"));
        assertThat(sinks.slack()).hasSize(21);
        assertThat(sinks.pagerDuty()).hasSize(21);
        assertThat(rows("SELECT count(*) FROM fusewire.delivery WHERE attempts = 1"))
                .isEqualTo("42");
        assertThat(Files.exists(folder.resolve("data")))
                .as("no embedded store beside it")
                .isFalse();
    }

    @Test
    void errors_of_one_cause_that_reach_both_are_one_conversation_which_both_work_on() {
        one.close();
        other.close();
        Map<String, String> grouped = new HashMap<>(properties);
        grouped.put("rules.trace-error.group-by", "source,project,error");
        grouped.put("rules.group-interval", "1s");
        grouped.put("rules.resolve-after", "5s");
        one = RunningGateway.in(folder, grouped);
        other = RunningGateway.in(folder, grouped);
        for (int i = 0; i < 20; i++) {
            (i % 2 == 0 ? one : other).post(RunningGateway.fresh("trace-error"));
        }
        await().until(() -> rows("SELECT count(*) FROM fusewire.delivery WHERE told_state = 'closed'")
                .equals("2"));
        assertThat(rows("SELECT string_agg(count || ' ' || state, ', ') FROM fusewire.incident"))
                .isEqualTo("20 closed");
        List<String> actions = sinks.pagerDuty().stream()
                .map(event -> event.path("event_action").asText())
                .toList();
        assertThat(actions).startsWith("trigger").endsWith("resolve").containsOnlyOnce("resolve");
        assertThat(sinks.pagerDuty().stream()
                        .map(event -> event.path("dedup_key").asText()))
                .hasSameSizeAs(actions)
                .containsOnly(sinks.pagerDuty().get(0).path("dedup_key").asText());
        assertThat(sinks.slack().stream()
                        .map(message -> message.path("text").asText())
                        .filter(text -> text.startsWith("Closed: ")))
                .hasSize(1);
        one.post(RunningGateway.fresh("trace-error")
                .replaceAll("clx0proj\\w+", "\\\\u0000\\\\ud800" + "p".repeat(5_000)));
        await().until(() -> rows("SELECT count(*) FROM fusewire.incident").equals("2"));
        assertThat(one.metric("fusewire_incidents_closed_total{reason=\"quiet\",rule=\"trace-error\"}")
                        + other.metric("fusewire_incidents_closed_total{reason=\"quiet\",rule=\"trace-error\"}"))
                .isEqualTo(1);
    }

    @Test
    void a_silence_that_one_of_them_is_told_holds_the_alerts_of_both_and_so_does_its_end() {
        String silence = "{\"matchers\":[{\"label\":\"rule\",\"op\":\"=\",\"value\":\"trace-error\"}],"
                + "\"for\":\"1h\",\"by\":\"on-call\",\"why\":\"a deploy\"}";
        assertThat(one.management("POST", "/admin/silences", silence).statusCode())
                .isEqualTo(200);
        await().until(() -> held(other));
        assertThat(held(one)).isTrue();
        for (RunningGateway each : List.of(one, other, one, other)) {
            each.post(RunningGateway.fresh("trace-error"));
        }
        await().until(() -> rows("SELECT count(*) FROM fusewire.delivery WHERE reason = 'silence 1'")
                .equals("8"));
        assertThat(other.management("DELETE", "/admin/silences/1").statusCode()).isEqualTo(200);
        await().until(() -> !held(one));
        one.post(RunningGateway.fresh("trace-error"));
        await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
        assertThat(rows("SELECT count(*) FROM fusewire.delivery")).isEqualTo("10");
    }

    private static boolean held(RunningGateway gateway) {
        return gateway.management("POST", "/admin/explain", RunningGateway.example("trace-error"))
                .body()
                .contains("\"suppressed\":\"silence 1\"");
    }

    @Test
    void while_it_is_away_nothing_is_promised_and_then_it_goes_on_by_itself() {
        one.post(RunningGateway.fresh("trace-error"));
        cutOff();
        String event = RunningGateway.fresh("trace-error");
        long before = System.nanoTime();
        var refused = one.post(event);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        await().until(() -> one.managementWithout("/observe/health/ready").statusCode() == 503);
        assertThat(one.managementWithout("/observe/health/live").statusCode()).isEqualTo(200);

        Postgres.execute(server(), "ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
        await().until(() -> one.managementWithout("/observe/health/ready").statusCode() == 200);
        assertThat(one.post(event).body()).isEqualTo("{\"received\":true}");
        await().until(() -> sinks.pagerDuty().size() == 2);
    }

    @Test
    void a_store_that_hangs_is_told_in_time() {
        one.post(RunningGateway.fresh("trace-error"));
        try (Postgres.Lock lock = Postgres.lock(url, "fusewire.event")) {
            long before = System.nanoTime();
            assertThat(one.post(RunningGateway.fresh("trace-error")).statusCode())
                    .isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
            assertThat(lock).isNotNull();
        }
        await().until(() -> one.post(RunningGateway.fresh("trace-error")).statusCode() == 200);
    }

    private void cutOff() {
        Postgres.execute(server(), "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");
        Postgres.rows(
                server(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    private String server() {
        return url.substring(0, url.lastIndexOf('/')) + "/postgres";
    }

    private String rows(String query) {
        return Postgres.rows(url, query).get(0);
    }
}
