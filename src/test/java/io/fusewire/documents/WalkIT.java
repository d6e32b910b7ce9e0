package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.signature.Signature;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayProcess;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.StoreFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jacoco.agent.rt.RT;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.tools.ExecDumpClient;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that docs/architecture.md says an event passes are those that run for one. */
class WalkIT {
    private static final String SECRET = "lf-whsec_secret-of-the-walk-test";
    private static final int MOST = 55;
    /** Housekeeping that turns every second, whatever comes. */
    private static final Set<String> TIMER = Set.of("store/IncidentSchedule.java", "health/HousekeepingPolicy.java");

    private static final Pattern WALK = Pattern.compile("<!-- walk: .*?-->(.*?)<!-- end of walk -->", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("`([\\w/]+[.]java)`");

    /** Turns each second, whatever comes. */
    private static final Set<String> WATCH = Set.of(
            "component/QueueConsumer.java",
            "component/WorkerConsumer.java",
            "health/HousekeepingPolicy.java",
            "health/LivenessCheck.java",
            "metrics/RefusalLog.java",
            "metrics/SuppressionLog.java",
            "metrics/ThrottledLog.java",
            "rules/RoutedRules.java",
            "runtime/HealthChecks.java",
            "store/EventLogs.java",
            "store/ReplayedEvents.java",
            "webhook/EventLoops.java");

    @TempDir
    Path folder;

    private final FakeSinks sinks = new FakeSinks();

    @AfterEach
    void stop() {
        sinks.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"source,project,error", "event"})
    void an_event_passes_the_files_of_the_walk_and_no_other(String groupBy) throws Exception {
        Set<String> walk = walk();
        assertThat(walk).hasSizeLessThanOrEqualTo(MOST);
        passes(walk, groupBy);
    }

    private void passes(Set<String> walk, String groupBy) throws Exception {
        Files.write(folder.resolve("application.properties"), settings(groupBy));
        int port = RunningGateway.freePort();
        try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, agent(port))) {
            ExecDumpClient client = new ExecDumpClient();
            client.setReset(true);
            housekeepingRan(gateway);
            delivered(gateway, 1);
            client.dump(InetAddress.getLoopbackAddress(), port);
            delivered(gateway, 2);
            Set<String> ran = ran(client.dump(InetAddress.getLoopbackAddress(), port));
            ran.removeAll(WATCH);
            assertThat(ran)
                    .contains("webhook/VerifySignature.java", "rules/RuleEvaluation.java", "message/Templates.java")
                    .isSubsetOf(walk);
        }
    }

    private static Set<String> walk() throws IOException {
        var section = WALK.matcher(Files.readString(Path.of("docs/architecture.md")));
        assertThat(section.find()).isTrue();
        return FILE.matcher(section.group(1))
                .results()
                .map(file -> file.group(1))
                .collect(Collectors.toSet());
    }

    private List<String> settings(String groupBy) {
        return List.of(
                "rules.trace-error.group-by = " + groupBy,
                "fusewire.webhook.secrets = " + SECRET,
                "sinks.slack.webhook-url = " + sinks.slackUrl(FakeSinks.SLACK_SECRET));
    }

    private static String agent(int port) throws Exception {
        Path jar = Path.of(
                RT.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return "-javaagent:" + jar + "=output=tcpserver,includes=io.fusewire.*,port=" + port;
    }

    private void delivered(GatewayProcess gateway, int count) throws Exception {
        byte[] body = Files.readString(Path.of("examples/events/trace-error.json"))
                .replace("7b2e0c0f", "7b2e0c0" + count)
                .replace("provider", count == 1 ? "openai" : "anthropic")
                .getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(gateway.webhooks())
                .header("content-type", "application/json")
                .header("x-langfuse-signature", Signature.langfuse(body, SECRET, Instant.now()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        StoreFile store = new StoreFile(folder);
        await().until(() -> store.rows("SELECT 1 FROM delivery WHERE sink = 'slack' AND state = 'delivered'")
                        .size()
                == count);
    }

    /** Its first turn is a second after the start, the next one long after this test. */
    private void housekeepingRan(GatewayProcess gateway) {
        await().until(() -> gateway.get("/observe/metrics").contains("fusewire_reconciliation_difference 0.0"));
        await().until(() ->
                !new StoreFile(folder).rows("SELECT due_at FROM node_lease").isEmpty());
    }

    private static Set<String> ran(ExecFileLoader executed) throws IOException {
        CoverageBuilder covered = new CoverageBuilder();
        new Analyzer(executed.getExecutionDataStore(), covered)
                .analyzeAll(Path.of("target/classes").toFile());
        return covered.getSourceFiles().stream()
                .filter(file -> file.getInstructionCounter().getCoveredCount() > 0)
                .map(file -> (file.getPackageName() + "/" + file.getName()).replace("io/fusewire/", ""))
                .filter(file -> !TIMER.contains(file))
                .collect(Collectors.toSet());
    }
}
