package io.fusewire.harness;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** What a scenario is run with: a store, fakes, gateways, a sender, the history of its requests and messages. */
final class ScenarioContext implements AutoCloseable {
    static final String ADMIN_TOKEN = "admin-token-of-the-harness";

    /** A gateway's counts of what waits are a second old. */
    private static final int IDLE_SECONDS = 5;

    /** What a scenario counts comes as a message for each event; the storms count incidents instead. */
    private static final Map<String, String> MESSAGES_OF_THEIR_OWN = Map.of(
            "rules.group-by", "event",
            "rules.trace-error.group-by", "event",
            "rules.low-score.group-by", "event",
            "rules.monitor-alert.group-by", "event",
            "rules.project-notification.group-by", "event");

    final RunOptions options;
    final StoreKind store;
    final Random random;
    final History history = new History();
    final FakeSinks sinks = new FakeSinks(history);
    final EventMix mix;
    final Postgres postgres;
    private final Path folder;
    private final List<GatewayProcess> gateways = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();
    private Sender sender;
    private final List<Closeable> atEnd = new ArrayList<>();
    private int allowedDuplicates;
    private boolean mustLose;

    ScenarioContext(RunOptions options, Scenario scenario, StoreKind store) throws Exception {
        this.options = options;
        this.store = store;
        this.random = new Random(options.seed());
        this.mix = new EventMix(options.seed());
        this.folder = Files.createDirectories(options.work().resolve(scenario.name() + "-" + store));
        this.postgres = store == StoreKind.POSTGRESQL ? new Postgres(folder) : null;
    }

    /** One more gateway, started; with properties beside the usual ones. */
    GatewayProcess gateway(Map<String, String> more) throws IOException, InterruptedException {
        return gateway(more, Map.of());
    }

    GatewayProcess gateway(Map<String, String> more, Map<String, String> environment)
            throws IOException, InterruptedException {
        Map<String, String> properties = new HashMap<>(usual());
        properties.putAll(more);
        GatewayProcess gateway = new GatewayProcess(
                options.jar(), folder.resolve("gateway" + (gateways.size() + 1)), properties, environment);
        gateways.add(gateway);
        gateway.start();
        return gateway;
    }

    private Map<String, String> usual() {
        Map<String, String> properties = new HashMap<>(Map.of(
                "fusewire.webhook.secrets",
                Signer.SECRET,
                "fusewire.admin.token",
                ADMIN_TOKEN,
                "sinks.slack.webhook-url",
                sinks.slackUrl(),
                "sinks.slack.per-second",
                "0",
                "sinks.pagerduty.url",
                sinks.pagerDutyUrl(),
                "sinks.pagerduty.routing-key",
                FakeSinks.ROUTING_KEY,
                "sinks.pagerduty.per-second",
                "0",
                "fusewire.delivery.redeliveries",
                "1",
                "fusewire.delivery.redelivery-delay",
                "200ms",
                "fusewire.admin.replay-per-second",
                "1000"));
        properties.putAll(Map.of(
                "fusewire.delivery.first-wait", "1s",
                "fusewire.delivery.longest-wait", "4s",
                "fusewire.delivery.circuit-rest", "1s",
                "fusewire.delivery.circuit-longest-rest", "4s",
                // A fake sink that a busy machine holds up has taken what it answers late.
                "camel.component.fusewire-http.response-timeout", "30s",
                "camel.component.fusewire-http.so-timeout", "30s"));
        properties.putAll(MESSAGES_OF_THEIR_OWN);
        if (postgres != null) {
            properties.put("fusewire.store.url", postgres.url());
            properties.put("fusewire.store.user", Postgres.USER);
        }
        return properties;
    }

    /** A folder of this scenario's own. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    List<GatewayProcess> gateways() {
        return gateways;
    }

    /** Sends the usual mix to all gateways, each event until it is answered. */
    void send() {
        send(mix::event, options.events(), 1, 1_000);
    }

    /** @param posts how often each is posted at most */
    void send(IntFunction<SampleEvent> events, int count, int copies, int posts) {
        send(events, count, copies, posts, options.of(1_000, 500));
    }

    /** @param perSecond how many are posted a second */
    void send(IntFunction<SampleEvent> events, int count, int copies, int posts, int perSecond) {
        List<URI> urls = gateways.stream().map(GatewayProcess::webhookUrl).toList();
        sender = new Sender(history, urls, posts, Sender.USUAL_TIMEOUT);
        sender.start(events, count, copies, perSecond);
    }

    /** Sends the usual mix to what stands in front of the gateways, each event once, until it is told that it is enough. */
    void sendOnce(URI url, int perSecond, Duration timeout) {
        sender = new Sender(history, List.of(url), 1, timeout);
        sender.start(mix::event, Integer.MAX_VALUE, 1, perSecond);
    }

    Sender sender() {
        return sender;
    }

    /** Waits until so many of the events, as a share of all, have been sent. */
    void awaitSent(double share) throws InterruptedException {
        int enough = (int) (options.events() * share);
        Waiting.until("enough is sent", 300, () -> sender.sent() >= enough);
    }

    /** Waits until all is sent and everything has arrived, or nothing more can come. */
    void settle() throws InterruptedException {
        Waiting.until("all is sent", 600, () -> sender == null || sender.isDone());
        int idle = 0;
        for (int second = 0; second < 300 && idle < IDLE_SECONDS; second++) {
            if (Waiting.within(1, () -> Verdict.of(history).complete())) {
                return;
            }
            idle = nothingWaits() ? idle + 1 : 0;
        }
    }

    private boolean nothingWaits() {
        return gateways.stream().filter(GatewayProcess::isRunning).allMatch(GatewayProcess::isIdle);
    }

    /** Allows so many messages to come twice: deliveries that were in flight at a crash. */
    void allowDuplicates(int more) {
        allowedDuplicates += more;
    }

    int allowedDuplicates() {
        return allowedDuplicates;
    }

    /** The gateway is one that loses events, and the harness must notice. */
    void mustLose() {
        mustLose = true;
    }

    boolean isToLose() {
        return mustLose;
    }

    /** Undone when all processes are gone. */
    void atEnd(Closeable undo) {
        atEnd.add(undo);
    }

    /** Something for the report's last column. */
    void figure(String figure) {
        figures.add(figure);
    }

    List<String> figures() {
        return figures;
    }

    /** What each running gateway took in and delivered. */
    String spread() {
        return gateways.stream()
                .filter(GatewayProcess::isRunning)
                .map(ScenarioContext::share)
                .collect(Collectors.joining(" + "));
    }

    private static String share(GatewayProcess gateway) {
        try {
            return "%.0f in, %.0f out"
                    .formatted(
                            gateway.accepted(), gateway.metric("fusewire_deliveries_total", "outcome=\"delivered\""));
        } catch (IOException e) {
            return "?";
        }
    }

    @Override
    public void close() throws IOException {
        if (sender != null) {
            sender.close();
        }
        gateways.forEach(GatewayProcess::close);
        sinks.close();
        if (postgres != null) {
            postgres.close();
        }
        for (Closeable undo : atEnd) {
            undo.close();
        }
    }
}
