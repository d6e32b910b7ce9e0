package io.fusewire.harness;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.fusewire.harness.Crashes.expect;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.util.List;
import java.util.Map;

/** What happens around the gateway: its senders, its sinks. */
final class Outside {
    /** So few events a second that a sink which works has no backlog. */
    private static final int QUIET_RATE = 150;

    /** After which a sink that doesn't answer has failed; a fake of it on a busy machine must not be taken for one. */
    private static final int SILENCE_SECONDS = 6;

    private static final int COPIES = 3;
    private static final int FRESH = 100;
    private static final int FRESH_SECONDS = 15;

    private Outside() {}

    static void triples(Stage stage) throws Exception {
        for (int i = 0; i < (stage.store == Store.POSTGRESQL ? 3 : 1); i++) {
            stage.gateway(Map.of());
        }
        stage.send(stage.mix::event, stage.settings.events(), COPIES, 1_000, stage.settings.of(3_000, 1_500));
        Waiting.until("all is sent", 300, stage.sender()::isDone);
        int news = stage.ledger.outcomes("200");
        int events = stage.settings.events();
        // Whose answer was lost is told "duplicate" when it comes again.
        int lost = stage.ledger.outcomes("no answer");
        expect(news <= events && news >= events - lost, news + " were new of " + events);
        stage.figure(stage.ledger.outcomes("200 duplicate") + " duplicates");
    }

    static void slackFaults(Stage stage) throws Exception {
        stage.gateway(Map.of(
                "camel.component.http.response-timeout", SILENCE_SECONDS + "s",
                "camel.component.http.so-timeout", SILENCE_SECONDS + "s"));
        stage.send(stage.mix::event, stage.settings.events(), 1, 1_000, QUIET_RATE);
        stage.awaitSent(0.2);
        long faulty = System.nanoTime();
        for (ResponseDefinitionBuilder fault : List.of(
                aResponse().withStatus(500).withBody("rollup_error"),
                aResponse().withStatus(429).withHeader("Retry-After", "2").withBody("rate_limited"),
                aResponse().withStatus(500).withFixedDelay(2_000 * SILENCE_SECONDS),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withStatus(200).withBody("<html>garbage</html>"))) {
            stage.sinks.slackAnswers(fault);
            Waiting.pause(stage.settings.of(25, 3));
        }
        stage.sinks.slackWorks();
        Waiting.until("all is sent", 300, stage.sender()::isDone);
        Waiting.within(120, () -> Latencies.ofPagerDuty(stage.ledger, 0, Long.MAX_VALUE)
                .complete());
        Latencies calm = Latencies.ofPagerDuty(stage.ledger, 0, faulty);
        Latencies meanwhile = Latencies.ofPagerDuty(stage.ledger, faulty, Long.MAX_VALUE);
        stage.figure("PagerDuty's median " + calm.median() + " ms before, " + meanwhile.median() + " ms meanwhile");
        expect(meanwhile.median() <= 3 * calm.median() + 50, "PagerDuty was delayed: " + stage.figures());
    }

    static void backlog(Stage stage) throws Exception {
        int waiting = stage.settings.events() / 2;
        stage.gateway(Map.of());
        stage.sinks.slackAnswers(aResponse().withStatus(500));
        stage.send(stage.mix::lowScore, waiting, 1, 1_000);
        Waiting.until("all is sent", 300, stage.sender()::isDone);
        Waiting.pause(70);
        stage.sinks.slackWorks();
        long back = System.nanoTime();
        stage.send(number -> stage.mix.traceError(waiting + number), FRESH, 1, 1_000);
        boolean soon = Waiting.within(
                FRESH_SECONDS, () -> stage.sender().isDone() && arrived(stage, waiting, waiting + FRESH) == FRESH);
        stage.figure("the %d fresh ones after %.1f s, with %d of %d of the backlog"
                .formatted(FRESH, (System.nanoTime() - back) / 1e9, arrived(stage, 0, waiting), waiting));
        expect(soon, "fresh alerts waited behind the backlog: " + stage.figures());
    }

    private static long arrived(Stage stage, int from, int to) {
        long count = 0;
        for (int number = from; number < to; number++) {
            count += stage.ledger.slack(stage.mix.lowScore(number).token()).isEmpty() ? 0 : 1;
        }
        return count;
    }
}
