package io.fusewire;

import io.fusewire.check.CheckBooks;
import io.fusewire.check.PollHealth;
import io.fusewire.check.StoreHealth;
import io.fusewire.event.EventReader;
import io.fusewire.event.ReadEvent;
import io.fusewire.http.AdminToken;
import io.fusewire.http.Crowd;
import io.fusewire.http.Door;
import io.fusewire.http.ManagementHttp;
import io.fusewire.http.Refuse;
import io.fusewire.http.Threshold;
import io.fusewire.metrics.Answered;
import io.fusewire.metrics.BoundedTags;
import io.fusewire.metrics.Buckets;
import io.fusewire.metrics.Meters;
import io.fusewire.poll.Feed;
import io.fusewire.poll.Poll;
import io.fusewire.poll.PollSettings;
import io.fusewire.queue.BrokenRule;
import io.fusewire.queue.Explainer;
import io.fusewire.queue.FusewireComponent;
import io.fusewire.queue.Ground;
import io.fusewire.queue.InTray;
import io.fusewire.queue.Redelivered;
import io.fusewire.signature.SignatureVerifier;
import io.fusewire.signature.VerifySignature;
import io.fusewire.store.Backlog;
import io.fusewire.store.Books;
import io.fusewire.store.Chores;
import io.fusewire.store.DeadLetters;
import io.fusewire.store.Deliveries;
import io.fusewire.store.Desk;
import io.fusewire.store.Inbox;
import io.fusewire.store.Lanes;
import io.fusewire.store.PollCursors;
import io.fusewire.store.Retention;
import io.fusewire.store.Store;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that the routes stand on, put into a Camel context before its routes are loaded. The context closes them
 * when it stops.
 */
public final class Fusewire {
    private static final Logger LOG = LoggerFactory.getLogger(Fusewire.class);
    private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);
    /** A property of {@link DryRun}: nothing is polled. */
    static final String DRY = "io.fusewire.dry-run";

    static final String DEV_SECRET = "lf-whsec_fusewire-dev-secret-that-everybody-knows";

    private final CamelContext camel;
    private final Settings settings;
    private final Secrets secrets;
    private final Clocks clocks;

    private Fusewire(CamelContext camel, Clocks clocks) {
        this.camel = camel;
        this.settings = new Settings(camel);
        this.secrets = new Secrets(settings);
        this.clocks = clocks;
    }

    /**
     * Puts the parts into the context.
     *
     * @throws IllegalArgumentException in one sentence that names the property, when a setting is missing or wrong
     */
    static void into(CamelContext camel, Clocks clocks) throws Exception {
        new Fusewire(camel, clocks).build();
    }

    private void build() throws Exception {
        List<PollSettings> polls = new Polls(settings, secrets).configured();
        Map<String, SignatureVerifier> verifiers = verifiers(polls);
        Store store = new Stores(settings, secrets).open(clocks.steady());
        camel.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                store.close();
            }
        });
        Backlog backlog = new Backlog(store, settings.number("fusewire.backlog.limit"));
        InTray tray = new InTray(System::nanoTime);
        Inbox inbox = new Inbox(store, backlog, tray);
        door(verifiers, new EventReader(!polls.isEmpty()));
        queues(store, inbox, tray, backlog, polls);
        housekeeping(store);
        admin(store);
    }

    private Map<String, SignatureVerifier> verifiers(List<PollSettings> polls) {
        Map<String, SignatureVerifier> verifiers = new HashMap<>();
        TreeSet<String> sources = new TreeSet<>(settings.sources());
        sources.add(VerifySignature.DEFAULT_SOURCE);
        for (String source : sources) {
            List<String> active = secrets.webhook(source);
            if (!active.isEmpty()) {
                verifiers.put(
                        source,
                        new SignatureVerifier(
                                active,
                                settings.duration("fusewire.webhook.tolerance"),
                                settings.flag("fusewire.webhook.accept-plain-signature"),
                                clocks.wall()));
            }
            if (active.contains(DEV_SECRET)) {
                LOG.warn("Source {} accepts the dev profile's secret, which everybody knows: {}", source, DEV_SECRET);
            }
        }
        if (verifiers.isEmpty() && polls.isEmpty()) {
            throw new IllegalArgumentException("No webhook could be verified, and nothing is polled: set"
                    + " fusewire.webhook.secrets (or a source's, fusewire.sources.<name>.secrets), or a project's keys,"
                    + " fusewire.poll.<name>.public-key and .secret-key; to try things out, camel.main.profile=dev");
        }
        return verifiers;
    }

    private void door(Map<String, SignatureVerifier> verifiers, EventReader reader) {
        bind("verifySignature", new VerifySignature(verifiers));
        bind("readEvent", new ReadEvent(reader));
        bind("eventReader", reader);
        Crowd crowd = new Crowd(
                settings.number("fusewire.webhook.max-in-hand"), settings.size("fusewire.webhook.max-bytes-in-hand"));
        bind("door", new Door(camel, List.of(crowd)));
        String server = VertxPlatformHttpRouter.getRouterNameFromPort(settings.number("camel.server.port"));
        camel.getManagementStrategy().addEventNotifier(new Threshold(camel, server));
    }

    private void queues(Store store, Inbox inbox, InTray tray, Backlog backlog, List<PollSettings> projects) {
        PrometheusMeterRegistry meterRegistry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meterRegistry.config().meterFilter(new Buckets());
        meterRegistry.config().meterFilter(new BoundedTags(settings.number("fusewire.metrics.max-label-values")));
        bind("metricsRegistry", meterRegistry);
        Deliveries deliveries = new Deliveries(store);
        Meters meters = new Meters(meterRegistry);
        List<Poll> polls = polls(store, inbox, projects);
        Ground ground = new Ground(
                polls,
                inbox,
                tray,
                new Desk(store),
                deliveries,
                camel.getRegistry().lookupByNameAndType("eventReader", EventReader.class),
                secrets,
                new SinkMessages(settings, bases(projects)),
                meters,
                new Answered(meterRegistry),
                secrets::redact);
        bind("brokenRule", new BrokenRule(secrets::redact));
        bind("redelivered", new Redelivered(deliveries));
        bind("refuse", new Refuse(clocks.wall()));
        FusewireComponent component = new FusewireComponent(ground);
        camel.addComponent("fusewire", component);
        bind("explainer", new Explainer(camel, component, ground.reader()));
        Lanes lanes = new Lanes(store);
        bind("storeHealth", new StoreHealth(inbox, backlog, lanes));
        bind("pollHealth", new PollHealth(polls));
        bind("meters", meters);
        camel.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStarted(CamelContext started) {
                Set<String> sinks = component.queuedSinks();
                sinks.add("rules");
                meters.watch(backlog, lanes, sinks);
                polls.forEach(poll -> watch(poll, meters));
            }
        });
    }

    private List<Poll> polls(Store store, Inbox inbox, List<PollSettings> projects) {
        Chores chores = new Chores(store);
        PollCursors cursors = new PollCursors(store);
        EventReader reader = camel.getRegistry().lookupByNameAndType("eventReader", EventReader.class);
        boolean dry = settings.find(DRY).isPresent();
        return dry
                ? List.of()
                : projects.stream()
                        .map(project -> new Poll(project, chores, cursors, reader, inbox::find, clocks.steady()))
                        .toList();
    }

    private static Map<String, String> bases(List<PollSettings> polls) {
        return polls.stream()
                .collect(Collectors.toMap(
                        PollSettings::source, poll -> poll.base().toString(), (one, other) -> one));
    }

    private static void watch(Poll poll, Meters meters) {
        String name = poll.settings().name();
        meters.watchPoll(name, poll::budgetLeft);
        for (Feed feed : poll.settings().fetch()) {
            meters.watchFeed(name, feed.word(), () -> poll.lag(feed)
                    .map(Duration::toSeconds)
                    .map(Number.class::cast)
                    .orElse(Double.NaN));
        }
    }

    private void housekeeping(Store store) {
        Duration finished = settings.duration("fusewire.retention.finished");
        if (finished.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException("fusewire.retention.finished is shorter than 1h: an event that is sent"
                    + " again must be known again; set 1h or more");
        }
        bind("chores", new Chores(store));
        bind(
                "books",
                new CheckBooks(new Books(store), camel.getRegistry().lookupByNameAndType("meters", Meters.class)));
        bind(
                "retention",
                new Retention(
                        store,
                        finished,
                        settings.find("fusewire.retention.dead-letters")
                                .map(any -> settings.duration("fusewire.retention.dead-letters"))
                                .orElse(null)));
    }

    private void admin(Store store) throws Exception {
        bind("deadLetters", new DeadLetters(store));
        bind("adminToken", new AdminToken(secrets.adminToken()));
        camel.addComponent("management-http", ManagementHttp.on(camel, settings.number("camel.management.port")));
    }

    private void bind(String name, Object part) {
        Registry registry = camel.getRegistry();
        registry.bind(name, part);
    }
}
