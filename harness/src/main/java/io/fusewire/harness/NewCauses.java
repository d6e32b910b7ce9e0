package io.fusewire.harness;

import static io.fusewire.harness.ProcessFaults.expect;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** What an incident costs: the time to its first message, at rest and under load, and an alert's place in the store. */
final class NewCauses {
    private static final int LATEST_AT_REST_MILLIS = 1_000;
    private static final int LATEST_UNDER_LOAD_MILLIS = 5_000;

    /** As fast as it goes. */
    private static final int UNPACED = 1_000_000;

    /** Slack takes one message a second, so a new cause each other second waits for no other. */
    private static final double SECONDS_BETWEEN = 2;

    private final ScenarioContext context;
    private int causes;
    private int sent;

    private NewCauses(ScenarioContext context) {
        this.context = context;
    }

    static void told(ScenarioContext context) throws Exception {
        new NewCauses(context).run();
    }

    private void run() throws Exception {
        GatewayProcess gateway = context.gateway(Map.of(
                "rules.trace-error.group-by", "source,project,error",
                "sinks.slack.per-second", "1",
                "sinks.pagerduty.per-second", "2"));
        atRest(1);
        long warmed = System.nanoTime();
        atRest(context.options.of(20, 5));
        long rested = System.nanoTime();
        check("at rest", warmed, rested, LATEST_AT_REST_MILLIS);

        int peak = perSecond(UNPACED, context.options.of(20, 4));
        Waiting.until("what came is decided", 120, () -> gateway.metric("fusewire_events_waiting ", "") == 0);
        long loaded = System.nanoTime();
        underLoad(peak / 2, context.options.of(60, 8));
        check(
                "at %,d events a second, half of the peak".formatted(peak / 2),
                loaded,
                Long.MAX_VALUE,
                LATEST_UNDER_LOAD_MILLIS);

        Waiting.until("what came is decided", 120, () -> gateway.metric("fusewire_events_waiting ", "") == 0);
        growth(gateway, context.options.of(20_000, 2_000));
    }

    private void atRest(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            send(number -> context.mix.newCause(causes++), 1, 1);
            Waiting.pause(SECONDS_BETWEEN);
        }
    }

    /** How many are taken a second, of those that join or that no rule wants. */
    private int perSecond(int paced, int seconds) throws InterruptedException {
        int before = context.history.outcomes("200");
        context.send(number -> context.mix.joining(sent + number), Integer.MAX_VALUE, 1, 1_000, paced);
        Waiting.pause(seconds);
        int taken = context.history.outcomes("200") - before;
        context.sender().enough();
        Waiting.until("all is sent", 60, context.sender()::isDone);
        sent += context.sender().sent();
        return taken / seconds;
    }

    /** The usual events, and a new cause now and then. */
    private void underLoad(int perSecond, int seconds) throws InterruptedException {
        int each = (int) (perSecond * SECONDS_BETWEEN);
        send(
                number -> number % each == each / 2
                        ? context.mix.newCause(causes + number / each)
                        : context.mix.joining(sent + number),
                perSecond * seconds,
                perSecond);
        causes += seconds;
    }

    private void send(IntFunction<SampleEvent> events, int count, int perSecond) throws InterruptedException {
        context.send(events, count, 1, 1_000, perSecond);
        Waiting.until("all is sent", 300, context.sender()::isDone);
        sent += count;
    }

    private void check(String when, long from, long to, int latest) throws InterruptedException {
        Waiting.within(
                30, () -> Latencies.ofPagerDuty(context.history, from, to).complete());
        Latencies pagerDuty = Latencies.ofPagerDuty(context.history, from, to);
        Latencies slack = Latencies.ofSlack(context.history, from, to);
        context.figure("first message %s: Slack %s, PagerDuty %s".formatted(when, slack, pagerDuty));
        expect(
                slack.complete() && pagerDuty.complete() && Math.max(slack.longest(), pagerDuty.longest()) <= latest,
                "a first message came later than %d ms: %s".formatted(latest, context.figures()));
    }

    /** An alert that joins is a row of its own and changes the number of no other. */
    private void growth(GatewayProcess gateway, int alerts) throws Exception {
        try (Connection store = open(gateway)) {
            Map<String, Long> before = rows(store);
            long bytes = bytesOfAlerts(store);
            send(number -> context.mix.joiningError(sent + number), alerts, context.options.of(2_000, 500));
            Waiting.until("what came is decided", 120, () -> gateway.metric("fusewire_events_waiting ", "") == 0);
            Map<String, Long> after = rows(store);
            Map<String, Long> grown = new LinkedHashMap<>();
            after.forEach((table, count) -> grown.put(table, count - before.get(table)));
            context.figure("%,d alerts that join: %s; %.0f bytes an alert"
                    .formatted(alerts, grown, (bytesOfAlerts(store) - bytes) / (double) alerts));
            expect(
                    grown.equals(Map.of(
                            "event", (long) alerts,
                            "alert", (long) alerts,
                            "delivery", 0L,
                            "incident", 0L,
                            "destination", 0L)),
                    "an alert that joins takes more than its row: " + grown);
        }
    }

    private Connection open(GatewayProcess gateway) throws SQLException {
        return context.postgres == null
                ? DriverManager.getConnection("jdbc:sqlite:" + gateway.store())
                : DriverManager.getConnection(context.postgres.url() + "?currentSchema=fusewire", Postgres.USER, "");
    }

    private static Map<String, Long> rows(Connection store) throws SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : List.of("event", "alert", "delivery", "incident", "destination")) {
            rows.put(table, number(store, "SELECT count(*) FROM " + table));
        }
        return rows;
    }

    private long bytesOfAlerts(Connection store) throws SQLException {
        return number(
                store,
                context.postgres == null
                        ? "SELECT sum(pgsize) FROM dbstat WHERE name IN ('alert', 'alert_incident')"
                        : "SELECT pg_total_relation_size('alert')");
    }

    private static long number(Connection store, String query) throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
