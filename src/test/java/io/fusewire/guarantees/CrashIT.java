package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.signature.Signature;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 1: what was answered with 200 is never lost, whenever the process is killed. */
class CrashIT {
    private static final String SECRET = "lf-whsec_secret-of-the-crash-test";
    private static final int KILLS = 3;

    @TempDir
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<String> answered = new ConcurrentSkipListSet<>();
    private final AtomicBoolean sending = new AtomicBoolean(true);
    private URI webhooks;

    @Test
    void what_was_answered_with_200_is_kept_and_acted_on_over_kills() throws Exception {
        try (FakeSinks sinks = new FakeSinks()) {
            List<String> lines = new ArrayList<>(List.of("fusewire.webhook.secrets = " + SECRET));
            sinks.properties().forEach((key, value) -> lines.add(key + " = " + value));
            Files.write(folder.resolve("application.properties"), lines);
            GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder);
            webhooks = gateway.webhooks();
            ExecutorService senders = Executors.newFixedThreadPool(8);
            for (int sender = 0; sender < 8; sender++) {
                String name = "sender-" + sender;
                senders.submit(() -> send(name));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                int enough = answered.size() + 200;
                await().until(() -> answered.size() >= enough);
                gateway.kill();
                gateway = gateway.again();
            }
            sending.set(false);
            senders.shutdown();
            GatewayProcess last = gateway;
            await().until(() -> last.get("/observe/metrics").contains("fusewire_events_waiting 0.0"));

            assertThat(ids("SELECT key FROM event")).containsAll(answered);
            assertThat(ids("SELECT e.key FROM event e JOIN alert a ON a.event_id = e.id"))
                    .as("each has its decision")
                    .containsAll(answered);
            assertThat(ids("SELECT sum(count) - (SELECT count(*) FROM event) FROM incident"))
                    .as("one incident counts them all, each once")
                    .containsExactly("0");
            assertThat(ids("SELECT count(*) FROM incident")).containsExactly("1");
            await().until(() -> ids("SELECT count(*) FROM delivery WHERE told_state = 'open'")
                    .contains("2"));
            for (List<JsonNode> told : List.of(sinks.slack(), sinks.pagerDuty())) {
                assertThat(told)
                        .as("what was sent and not written down is sent again, and nothing else")
                        .hasSizeBetween(1, 1 + KILLS);
            }
            assertThat(ids("PRAGMA integrity_check")).containsExactly("ok");
            assertThat(last.terminate()).isZero();
            assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 0, List.of(), List.of("reconcile")))
                    .endsWith("Everything is accounted for.\n");
        }
    }

    private void send(String sender) {
        for (int number = 0; sending.get(); number++) {
            String id = sender + "-" + number;
            while (sending.get() && !answered(id)) {
                Thread.onSpinWait();
            }
        }
    }

    /** As a bridge does: the same event again until it is answered. */
    private boolean answered(String id) {
        byte[] body = ("{\"event\":\"trace.updated\",\"id\":\"" + id + "\",\"data\":{\"level\":\"ERROR\",\"traceId\":\""
                        + id + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(webhooks)
                .timeout(Duration.ofSeconds(5))
                .header("content-type", "application/json")
                .header("x-langfuse-signature", Signature.langfuse(body, SECRET, Instant.now()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            boolean received =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
            if (received) {
                answered.add(id);
            }
            return received;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<String> ids(String query) throws Exception {
        Set<String> ids = new TreeSet<>();
        try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/fusewire.db"));
                ResultSet rows = store.createStatement().executeQuery(query)) {
            while (rows.next()) {
                ids.add(rows.getString(1).replace("trace.updated|id=", ""));
            }
        }
        return ids;
    }
}
