package io.fusewire.harness;

import io.fusewire.fakes.LangfuseApi;
import io.fusewire.fakes.LangfuseServer;
import io.fusewire.fakes.LangfuseShapes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Polling: hours of a Langfuse pass in minutes, and every row of it must be acted on once. Langfuse's clock runs
 * sixty times as fast as the gateways'; they go by its dates.
 */
final class PollFaults {
    private static final int SPEED = 60;
    private static final int KILLS = 5;
    private static final String EVERY_GENERATION =
            """
            - route:
                id: every-generation
                description: Slack is told of every generation.
                from:
                  uri: fusewire:events
                  steps:
                    - filter:
                        id: generation
                        simple: ${header.type} == 'generation.created'
                        steps:
                          - to: {id: generation-alert, uri: fusewire:alert/every-generation, parameters: {sinks: slack}}
            """;

    private enum Kind {
        ERROR,
        SCORE,
        GENERATION
    }

    /** A row on its way to Langfuse. */
    private record Row(Kind kind, SampleEvent event, Instant start, Instant end, Instant arrives) {
        private void into(LangfuseApi api) {
            String id = event.token();
            switch (kind) {
                case ERROR -> api.observation(
                        arrives,
                        LangfuseShapes.generation(id, start, end, "ERROR").put("type", "SPAN"));
                case SCORE -> api.score(arrives, LangfuseShapes.score(id, end, 0.2, end));
                case GENERATION -> api.observation(arrives, LangfuseShapes.generation(id, start, end, "DEFAULT"));
            }
        }
    }

    private PollFaults() {}

    static void polled(ScenarioContext context) throws Exception {
        int count = context.options.of(50_000, 2_000);
        Duration hours = Duration.ofHours(context.options.of(6, 1));
        Instant begin = Instant.parse("2026-08-22T08:00:00Z");
        long started = System.nanoTime();
        InstantSource there = () -> begin.plusNanos((System.nanoTime() - started) * SPEED);
        LangfuseApi api = new LangfuseApi(there);
        LangfuseServer server = new LangfuseServer(api);
        context.atEnd(server::close);
        List<GatewayProcess> gateways = new ArrayList<>();
        for (int i = 0; i < (context.store == StoreKind.POSTGRESQL ? 2 : 1); i++) {
            gateways.add(context.gateway(properties(context, server)));
        }
        Instant first = there.instant();
        List<Row> rows = rows(context, count, first, hours);
        int next = 0;
        int kills = 0;
        while (next < count) {
            while (next < count && !rows.get(next).arrives().isAfter(there.instant())) {
                rows.get(next).into(api);
                context.history.accepted(rows.get(next).event(), 1);
                next++;
            }
            if (kills < KILLS && next > count / (KILLS + 1) * (kills + 1)) {
                GatewayProcess victim = gateways.get(context.random.nextInt(gateways.size()));
                victim.kill();
                context.allowDuplicates(ProcessFaults.IN_FLIGHT);
                victim.start();
                kills++;
            }
            Waiting.pause(0.05);
        }
        awaitAll(context);
        long minutes = Duration.between(first, there.instant()).toMinutes();
        context.figure(count + " rows over " + minutes + " min of Langfuse's, " + kills + " kills, "
                + api.asked().size() + " requests");
    }

    private static void awaitAll(ScenarioContext context) throws InterruptedException {
        for (int second = 0; second < 300 && !Verdict.of(context.history).complete(); second++) {
            Waiting.pause(1);
        }
    }

    /** Each kind of row is made to reach Slack, generations too, so that its history shows every one. */
    private static Map<String, String> properties(ScenarioContext context, LangfuseServer server) throws Exception {
        Path config = context.folder("polled");
        Path rules = Files.createDirectories(config.resolve("routes/rules"));
        Files.writeString(rules.resolve("every-generation.camel.yaml"), EVERY_GENERATION);
        Map<String, String> properties = new HashMap<>();
        properties.put("fusewire.config-folder", config.toString());
        properties.put("fusewire.poll.shop.base-url", server.base().toString());
        properties.put("fusewire.poll.shop.public-key", LangfuseApi.PUBLIC_KEY);
        properties.put("fusewire.poll.shop.secret-key", LangfuseApi.SECRET_KEY);
        properties.put("fusewire.poll.interval", "1s");
        properties.put("fusewire.poll.requests-per-minute", "100000");
        return properties;
    }

    /** Up to 15 minutes late, a seventh of them of spans of 40 minutes; in the order in which they arrive. */
    private static List<Row> rows(ScenarioContext context, int count, Instant first, Duration over) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String token = context.mix.lowScore(i).token();
            Kind kind = Kind.values()[Math.min(i % 5, 2)];
            Instant end = first.plusMillis((long) (context.random.nextDouble() * over.toMillis()));
            Instant start = i % 7 == 0 ? end.minusSeconds(2_400) : end.minusSeconds(2);
            Instant arrives = end.plusMillis((long) (context.random.nextDouble() * 900_000));
            Optional<SampleEvent.IncidentChange> change = kind == Kind.ERROR
                    ? Optional.of(new SampleEvent.IncidentChange(token, "trigger"))
                    : Optional.empty();
            rows.add(new Row(kind, new SampleEvent(token, "", true, change), start, end, arrives));
        }
        rows.sort(Comparator.comparing(Row::arrives));
        return rows;
    }
}
