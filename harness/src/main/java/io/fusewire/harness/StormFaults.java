package io.fusewire.harness;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.fusewire.harness.ProcessFaults.expect;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A storm: so many errors of few causes that no sink could be told of each. Gateways are killed in its middle, and Slack
 * is down for two fifths of it.
 */
final class StormFaults {
    /** Errors for each event of another scenario. */
    private static final int TIMES = 5;

    private static final double SLACK_DOWN = 0.3;
    private static final double SLACK_BACK = 0.7;

    /** How far behind the answers a gateway that was just killed may be with its rules. */
    private static final Duration BEHIND = Duration.ofSeconds(10);

    private final ScenarioContext context;
    private final StormLedger ledger = new StormLedger();
    private final int seconds;
    private final int kills;
    private final int interval;
    private final int quiet;
    private final int errors;
    private long slackBack;
    private List<Long> known = List.of();

    private StormFaults(ScenarioContext context) {
        this.context = context;
        this.seconds = context.options.of(300, 8);
        this.kills = context.options.of(5, 1);
        this.interval = context.options.of(30, 2);
        // Longer than a gateway needs to start on a busy machine: a pause of all gateways is no end of the storm.
        this.quiet = context.options.of(40, 15);
        this.errors = context.options.events() * context.options.of(TIMES, 3);
    }

    static void ofOne(ScenarioContext context) throws Exception {
        new StormFaults(context).run(1);
    }

    static void ofTwo(ScenarioContext context) throws Exception {
        new StormFaults(context).run(2);
    }

    static void ofThree(ScenarioContext context) throws Exception {
        new StormFaults(context).run(3);
    }

    private void run(int gateways) throws Exception {
        context.sinks.listen(ledger::slack, ledger::pagerDuty);
        for (int i = 0; i < gateways; i++) {
            context.gateway(Map.of(
                    "rules.trace-error.group-by",
                    "source,project,error",
                    "rules.trace-error.resolve-after",
                    quiet + "s",
                    "rules.group-interval",
                    interval + "s",
                    "sinks.slack.per-second",
                    "1",
                    "sinks.pagerduty.per-second",
                    "2"));
        }
        StormMix mix = new StormMix(context.options.seed());
        int events = StormMix.eventsWith(errors);
        long began = System.nanoTime();
        context.send(mix::event, events, 1, 1_000, Math.max(1, events / seconds));
        disturb(began);
        Waiting.until("all is sent", 600, context.sender()::isDone);
        Duration over = Duration.ofNanos(System.nanoTime() - began);
        Waiting.within(quiet + interval + 120, this::isOver);
        check(over);
    }

    /** Does what is to be done at its share of the time; what is late follows at once. */
    private void disturb(long began) throws Exception {
        double[] killed = DoubleStream.generate(() -> 0.15 + 0.7 * context.random.nextDouble())
                .limit(kills)
                .toArray();
        double[] all = DoubleStream.concat(DoubleStream.of(SLACK_DOWN, SLACK_BACK), DoubleStream.of(killed))
                .sorted()
                .toArray();
        for (double share : all) {
            long due = began + (long) (share * TimeUnit.SECONDS.toNanos(seconds));
            Waiting.pause(Math.max(0, due - System.nanoTime()) / 1e9);
            if (share == SLACK_DOWN) {
                context.sinks.slackAnswers(aResponse().withStatus(500).withBody("rollup_error"));
            } else if (share == SLACK_BACK) {
                known = answered(System.nanoTime() - BEHIND.toNanos());
                slackBack = System.nanoTime();
                context.sinks.slackWorks();
            } else {
                List<GatewayProcess> gateways = context.gateways();
                GatewayProcess victim = gateways.get(context.random.nextInt(gateways.size()));
                victim.kill();
                victim.start();
            }
        }
    }

    /** How many errors of each kind were answered 200 before. */
    private List<Long> answered(long before) {
        return IntStream.range(0, StormMix.kinds())
                .mapToObj(kind -> context.history.accepted().stream()
                        .filter(answer -> answer.at() < before
                                && StormMix.kind(answer.event().body())
                                        .filter(of -> of == kind)
                                        .isPresent())
                        .count())
                .toList();
    }

    private boolean isOver() throws Exception {
        GatewayProcess gateway = context.gateways().get(0);
        return gateway.incidents("open").isEmpty()
                && gateway.incidents("closed").size() >= StormMix.kinds()
                && context.gateways().stream().allMatch(GatewayProcess::isIdle);
    }

    private void check(Duration over) throws Exception {
        GatewayProcess gateway = context.gateways().get(0);
        List<Long> sent = IntStream.range(0, StormMix.kinds())
                .mapToObj(kind -> StormMix.ofKind(kind, errors))
                .toList();
        List<JsonNode> closed = gateway.incidents("closed");
        List<String> faults = ledger.faults(
                new StormLedger.Storm(sent, over, Duration.ofSeconds(interval), kills, slackBack, known),
                gateway.incidents("open"),
                closed);
        context.figure("%d incidents of %s, told by %d messages at Slack and %d calls of PagerDuty; %d kills"
                .formatted(
                        closed.size(),
                        closed.stream()
                                .map(incident -> incident.path("count").asText())
                                .toList(),
                        ledger.slackMessages(),
                        ledger.pagerDutyEvents(),
                        kills));
        expect(
                context.history.unanswered().isEmpty(),
                context.history.unanswered().size() + " were given up");
        expect(faults.isEmpty(), String.join("; ", faults));
    }
}
