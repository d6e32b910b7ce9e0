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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The poll door: hours of a Langfuse pass in minutes, and every row of it must be acted on once. Langfuse's clock runs
 * sixty times as fast as the gateways'; they go by its dates.
 */
final class Polled {
    private static final int SPEED = 60;
    private static final int KILLS = 5;
    private static final Path RULES = Path.of("src/main/resources/routes/rules.camel.yaml");
    private static final Pattern METRICS_ALONE =
            Pattern.compile("(fusewire:alert/token-usage\\s+parameters:\\s+sinks: metrics)\\n");

    private enum Kind {
        ERROR,
        SCORE,
        GENERATION
    }

    /** A row on its way to Langfuse. */
    private record Row(Kind kind, Event event, Instant start, Instant end, Instant arrives) {
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

    private Polled() {}

    static void play(Stage stage) throws Exception {
        int count = stage.settings.of(50_000, 2_000);
        Duration hours = Duration.ofHours(stage.settings.of(6, 1));
        Instant begin = Instant.parse("2026-08-22T08:00:00Z");
        long started = System.nanoTime();
        InstantSource there = () -> begin.plusNanos((System.nanoTime() - started) * SPEED);
        LangfuseApi api = new LangfuseApi(there);
        LangfuseServer server = new LangfuseServer(api);
        stage.atEnd(server::close);
        List<Gateway> gateways = new ArrayList<>();
        for (int i = 0; i < (stage.store == Store.POSTGRESQL ? 2 : 1); i++) {
            gateways.add(stage.gateway(properties(stage, server)));
        }
        Instant first = there.instant();
        List<Row> rows = rows(stage, count, first, hours);
        int next = 0;
        int kills = 0;
        while (next < count) {
            while (next < count && !rows.get(next).arrives().isAfter(there.instant())) {
                rows.get(next).into(api);
                stage.ledger.accepted(rows.get(next).event(), 1);
                next++;
            }
            if (kills < KILLS && next > count / (KILLS + 1) * (kills + 1)) {
                Gateway victim = gateways.get(stage.random.nextInt(gateways.size()));
                victim.kill();
                stage.mayDouble(Crashes.IN_FLIGHT);
                victim.start();
                kills++;
            }
            Waiting.pause(0.05);
        }
        awaitAll(stage);
        long minutes = Duration.between(first, there.instant()).toMinutes();
        stage.figure(count + " rows over " + minutes + " min of Langfuse's, " + kills + " kills, "
                + api.asked().size() + " requests");
    }

    private static void awaitAll(Stage stage) throws InterruptedException {
        for (int second = 0; second < 300 && !Verdict.of(stage.ledger).complete(); second++) {
            Waiting.pause(1);
        }
    }

    /** Each kind of row is made to reach Slack, generations too, so that its ledger shows every one. */
    private static Map<String, String> properties(Stage stage, LangfuseServer server) throws Exception {
        String text = Files.readString(stage.settings.repository().resolve(RULES));
        Matcher metrics = METRICS_ALONE.matcher(text);
        Crashes.expect(metrics.find(), "the rule token-usage looks different now");
        Path config = stage.folder("polled");
        Path copy = Files.createDirectories(config.resolve("routes")).resolve("rules.camel.yaml");
        Files.writeString(copy, metrics.replaceFirst("$1,slack\n"));
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
    private static List<Row> rows(Stage stage, int count, Instant first, Duration over) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String token = stage.mix.lowScore(i).token();
            Kind kind = Kind.values()[Math.min(i % 5, 2)];
            Instant end = first.plusMillis((long) (stage.random.nextDouble() * over.toMillis()));
            Instant start = i % 7 == 0 ? end.minusSeconds(2_400) : end.minusSeconds(2);
            Instant arrives = end.plusMillis((long) (stage.random.nextDouble() * 900_000));
            Optional<Event.Page> page =
                    kind == Kind.ERROR ? Optional.of(new Event.Page(token, "trigger")) : Optional.empty();
            rows.add(new Row(kind, new Event(token, "", true, page), start, end, arrives));
        }
        rows.sort(Comparator.comparing(Row::arrives));
        return rows;
    }
}
