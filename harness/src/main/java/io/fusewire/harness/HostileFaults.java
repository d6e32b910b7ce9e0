package io.fusewire.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What happens when all around the gateway mean harm at once, and one honest sender goes on beside them. */
final class HostileFaults {
    private static final int PER_SECOND = 200;
    private static final int LATEST_MILLIS = 5_000;

    /** What caches and tables may have grown by while all is well. */
    private static final long FLAT_BYTES = 24L << 20;

    /** What is not done so long after its time never will be. */
    private static final int LATE_SECONDS = 20;

    private static final int TRACES = 50;

    private static final String RULE =
            """
            - route:
                id: hostile-sinks
                description: Tells two hostile sinks of each error, beside the built-in rule.
                from:
                  uri: fusewire:events
                  steps:
                    - filter:
                        id: each-error
                        simple: ${header.type} == 'trace.updated' && ${header.level} == 'ERROR'
                        steps:
                          - to:
                              id: tell-hostile-sinks
                              uri: fusewire:alert/hostile-sinks
                              parameters: {severity: critical, sinks: "teams,webhook"}
            """;

    private HostileFaults() {}

    static void hostile(ScenarioContext context) throws Exception {
        int calm = PER_SECOND * context.options.of(30, 5);
        int seconds = context.options.of(300, 15);
        List<String> faults = new ArrayList<>();
        try (HostileSink sink = new HostileSink()) {
            GatewayProcess gateway = context.gateway(toldTo(sink, context));
            context.send(context.mix::busy, calm, 1, 1_000, PER_SECOND);
            Waiting.until("all is sent while it is calm", 120, context.sender()::isDone);
            long before = gateway.liveBytes();

            try (HostileSenders senders =
                    new HostileSenders(gateway, context.mix.busy(0).body(), context.random)) {
                context.send(number -> context.mix.busy(calm + number), seconds * PER_SECOND, 1, 1_000, PER_SECOND);
                Set<String> otherwise = new TreeSet<>();
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds + LATE_SECONDS);
                while (System.nanoTime() < end && !context.sender().isDone()) {
                    Waiting.pause(1);
                    otherwise.add(gateway.liveness());
                }
                otherwise.remove(GatewayProcess.UP);
                check(faults, otherwise.isEmpty(), "live was not UP, but " + otherwise);
                check(faults, context.sender().isDone(), "an honest sender was held up: " + context.history.outcomes());
                System.out.println("  hostile: " + senders.answers());
            }
            Waiting.pause(context.options.of(10, 3));

            check(faults, gateway.isRunning(), "the process ended");
            check(faults, Waiting.within(LATE_SECONDS, gateway::isReady), "ready is not UP again");
            check(faults, Waiting.within(LATE_SECONDS, context.sender()::isDone), "it answers nobody any more");
            ProcessFaults.expect(context.sender().isDone(), String.join("; ", faults));
            context.settle();
            delays(context, faults);
            long grown = gateway.isRunning() ? gateway.liveBytes() - before : 0;
            check(faults, grown <= FLAT_BYTES, "the heap grew by " + (grown >> 20) + " MiB for good");
            check(faults, gateway.logged("Error: ") == 0, "an Error is in its log");
            check(faults, gateway.logged("\tat ") <= TRACES, gateway.logged("\tat ") + " lines of traces in its log");
            context.figure("heap %d MiB, then %+d; %s; %d posts to hostile sinks"
                    .formatted(before >> 20, grown >> 20, context.history.outcomes(), sink.posts()));
        }
        ProcessFaults.expect(faults.isEmpty(), String.join("; ", faults));
    }

    private static void delays(ScenarioContext context, List<String> faults) {
        long slack = Verdict.of(context.history).slowest();
        List<Long> all =
                Latencies.ofPagerDuty(context.history, 0, Long.MAX_VALUE).millis();
        long pagerDuty = all.isEmpty() ? 0 : all.get(all.size() - 1);
        check(faults, slack <= LATEST_MILLIS, "an honest alert reached Slack after " + slack + " ms");
        check(faults, pagerDuty <= LATEST_MILLIS, "an honest alert reached PagerDuty after " + pagerDuty + " ms");
        check(faults, context.history.unanswered().isEmpty(), "honest events were given up");
    }

    private static Map<String, String> toldTo(HostileSink sink, ScenarioContext context) throws IOException {
        Path config = context.folder("hostile");
        Path rules = Files.createDirectories(config.resolve("routes/rules"));
        Files.writeString(rules.resolve("hostile-sinks.camel.yaml"), RULE);
        return Map.of(
                "fusewire.config-folder", config.toString(),
                "sinks.teams.webhook-url", sink.url(),
                "sinks.teams.per-second", "0",
                "sinks.webhook.url", sink.url(),
                "sinks.webhook.signing-secret", "whsec_aGFybmVzcy1oYXJuZXNzLWhhcm5lc3M=",
                "sinks.webhook.per-second", "0",
                "camel.component.fusewire-http.response-timeout", "10s",
                "camel.component.fusewire-http.so-timeout", "10s");
    }

    private static void check(List<String> faults, boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
