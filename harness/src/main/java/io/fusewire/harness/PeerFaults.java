package io.fusewire.harness;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.fusewire.harness.ProcessFaults.expect;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.util.List;
import java.util.Map;

/** What happens around the gateway: its senders, its sinks. */
final class PeerFaults {
    /** So few events a second that a sink which works has no backlog. */
    private static final int QUIET_RATE = 150;

    /** After which a sink that doesn't answer has failed; a fake of it on a busy machine must not be taken for one. */
    private static final int SILENCE_SECONDS = 6;

    private static final int COPIES = 3;
    private static final int FRESH = 100;
    private static final int FRESH_SECONDS = 15;

    private PeerFaults() {}

    static void triples(ScenarioContext context) throws Exception {
        for (int i = 0; i < (context.store == StoreKind.POSTGRESQL ? 3 : 1); i++) {
            context.gateway(Map.of());
        }
        context.send(context.mix::event, context.options.events(), COPIES, 1_000, context.options.of(3_000, 1_500));
        Waiting.until("all is sent", 300, context.sender()::isDone);
        int accepted = context.history.outcomes("200");
        int events = context.options.events();
        // Whose answer was lost is told "duplicate" when it comes again.
        int lost = context.history.outcomes("no answer");
        expect(accepted <= events && accepted >= events - lost, accepted + " were new of " + events);
        context.figure(context.history.outcomes("200 duplicate") + " duplicates");
    }

    static void slackFaults(ScenarioContext context) throws Exception {
        context.gateway(Map.of(
                "camel.component.fusewire-http.response-timeout", SILENCE_SECONDS + "s",
                "camel.component.fusewire-http.so-timeout", SILENCE_SECONDS + "s"));
        context.send(context.mix::event, context.options.events(), 1, 1_000, QUIET_RATE);
        context.awaitSent(0.2);
        long faulty = System.nanoTime();
        for (ResponseDefinitionBuilder fault : List.of(
                aResponse().withStatus(500).withBody("rollup_error"),
                aResponse().withStatus(429).withHeader("Retry-After", "2").withBody("rate_limited"),
                aResponse().withStatus(500).withFixedDelay(2_000 * SILENCE_SECONDS),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE))) {
            context.sinks.slackAnswers(fault);
            Waiting.pause(context.options.of(25, 3));
        }
        context.sinks.slackWorks();
        Waiting.until("all is sent", 300, context.sender()::isDone);
        Waiting.within(120, () -> Latencies.ofPagerDuty(context.history, 0, Long.MAX_VALUE)
                .complete());
        Latencies calm = Latencies.ofPagerDuty(context.history, 0, faulty);
        Latencies meanwhile = Latencies.ofPagerDuty(context.history, faulty, Long.MAX_VALUE);
        context.figure("PagerDuty's median " + calm.median() + " ms before, " + meanwhile.median() + " ms meanwhile");
        expect(meanwhile.median() <= 3 * calm.median() + 50, "PagerDuty was delayed: " + context.figures());
    }

    static void backlog(ScenarioContext context) throws Exception {
        int waiting = context.options.events() / 2;
        context.gateway(Map.of());
        context.sinks.slackAnswers(aResponse().withStatus(500));
        context.send(context.mix::lowScore, waiting, 1, 1_000);
        Waiting.until("all is sent", 300, context.sender()::isDone);
        Waiting.pause(70);
        context.sinks.slackWorks();
        long back = System.nanoTime();
        context.send(number -> context.mix.traceError(waiting + number), FRESH, 1, 1_000);
        boolean soon = Waiting.within(
                FRESH_SECONDS, () -> context.sender().isDone() && arrived(context, waiting, waiting + FRESH) == FRESH);
        context.figure("the %d fresh ones after %.1f s, with %d of %d of the backlog"
                .formatted(FRESH, (System.nanoTime() - back) / 1e9, arrived(context, 0, waiting), waiting));
        expect(soon, "fresh alerts waited behind the backlog: " + context.figures());
    }

    private static long arrived(ScenarioContext context, int from, int to) {
        long count = 0;
        for (int number = from; number < to; number++) {
            count += context.history.slack(context.mix.lowScore(number).token()).isEmpty() ? 0 : 1;
        }
        return count;
    }
}
