package io.fusewire.runtime;

import io.fusewire.component.FusewireComponent;
import io.fusewire.component.RouteModel;
import io.fusewire.config.HttpClientConfig;
import io.fusewire.config.PollConfig;
import io.fusewire.config.RelatedDurations;
import io.fusewire.config.Secrets;
import io.fusewire.config.Settings;
import io.fusewire.config.StoreConfig;
import io.fusewire.config.WebhookConfig;
import io.fusewire.delivery.DeliveryModule;
import io.fusewire.delivery.RejectResponse;
import io.fusewire.delivery.RenewLease;
import io.fusewire.delivery.SinkRegistry;
import io.fusewire.event.EventReader;
import io.fusewire.health.HousekeepingPolicy;
import io.fusewire.health.ReconciliationCheck;
import io.fusewire.health.StoreHealth;
import io.fusewire.message.Templates;
import io.fusewire.metrics.Gauges;
import io.fusewire.metrics.Meters;
import io.fusewire.metrics.MetricsModule;
import io.fusewire.poll.PollModule;
import io.fusewire.poll.client.Poll;
import io.fusewire.rules.Explainer;
import io.fusewire.rules.RecentEvents;
import io.fusewire.rules.RecordRuleFailure;
import io.fusewire.rules.RulesModule;
import io.fusewire.signature.SignatureVerifier;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Backlog;
import io.fusewire.store.Deliveries;
import io.fusewire.store.Deliveries.Destinations;
import io.fusewire.store.Inbox;
import io.fusewire.store.IncidentSchedule;
import io.fusewire.store.NodeLeases;
import io.fusewire.store.PendingEvents;
import io.fusewire.store.Reconciliation;
import io.fusewire.store.Store;
import io.fusewire.webhook.InboxRepository;
import io.fusewire.webhook.RequireAdminToken;
import io.fusewire.webhook.VerifySignature;
import io.fusewire.webhook.VerifySignature.ReadEvent;
import io.fusewire.webhook.WebhookModule;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/** The parts that the routes stand on, put into a Camel context before its routes are loaded. */
public final class Assembly implements AutoCloseable {
    /** A property of {@link DryRun}: nothing is polled. */
    static final String DRY = "io.fusewire.dry-run";

    private final CamelContext camel;
    private final Brought brought;
    private final Settings settings;
    private final Secrets secrets;
    private final Clocks clocks;
    private final List<String> bound = new ArrayList<>();
    private final HousekeepingPolicy housekeeping = new HousekeepingPolicy(System::nanoTime);
    private final Meters meters;
    private Store store;
    private HealthChecks health;
    private Runnable watch = () -> {};

    /**
     * What differs between the program and a host.
     *
     * @param dataSource a database of the host's, or null
     * @param meters where everything is counted
     * @param open whether requests reach the routes
     * @param servers who serves HTTP to the routes
     */
    public record Brought(DataSource dataSource, MeterRegistry meters, BooleanSupplier open, HttpServers servers) {}

    public Assembly(CamelContext camel, Clocks clocks, Brought brought) {
        this.camel = camel;
        this.brought = brought;
        this.meters = new Meters(brought.meters());
        this.settings = new Settings(camel);
        this.secrets = new Secrets(settings);
        this.clocks = clocks;
    }

    /**
     * Puts the parts into the context.
     *
     * @throws IllegalArgumentException in one sentence that names the property, when a setting is missing or wrong
     */
    public void put() throws Exception {
        ConfiguredPolls projects = new ConfiguredPolls(new PollConfig(settings, secrets).configured());
        boolean polled = !projects.settings().isEmpty();
        new RelatedDurations(settings).refuse(projects.settings());
        WebhookConfig webhooks = new WebhookConfig(settings, secrets);
        Map<String, SignatureVerifier> verifiers = webhooks.verifiers(clocks.wall(), polled);
        if (!dry()) {
            webhooks.warn(verifiers.keySet());
        }
        StoreConfig stores = new StoreConfig(settings, secrets);
        store = stores.open(clocks.steady(), brought.dataSource());
        Backlog backlog = new Backlog(store, settings.number("fusewire.backlog.limit"));
        RecentEvents recent = new RecentEvents(System::nanoTime);
        Inbox inbox = new Inbox(store, backlog, recent);
        EventReader reader = new EventReader(polled);
        RequireAdminToken token = new RequireAdminToken(secrets.adminToken());
        HttpServers.Refused refused = new HttpServers.Refused(meters::refused, meters::refusedByManagement);
        brought.servers().open(webhooks.limits(), refused, () -> health != null && health.isReady(), token);
        camel.addComponent(HttpClientConfig.COMPONENT, new HttpClientConfig(settings).client());
        words(inbox, recent, backlog, reader, projects);
        bind("fusewire-verify-signature", new VerifySignature(verifiers, webhooks.longestBody()));
        bind("fusewire-read-event", new ReadEvent(reader));
        bind("fusewire-node-leases", new NodeLeases(store));
        bind("fusewire-incidents", new IncidentSchedule(store, meters::changed));
        bind("fusewire-retention", stores.retention(store, housekeeping::turned));
        bind("fusewire-require-admin-token", token);
    }

    /** Watches what the routes, which run now, fill. */
    public void started() {
        watch.run();
        health.watch(meters::flush);
    }

    /** Null before {@link #put}. */
    public HealthChecks health() {
        return health;
    }

    /** Takes the parts out again and closes the store. After the routes. */
    @Override
    public synchronized void close() {
        if (health != null) {
            health.close();
        }
        bound.forEach(camel.getRegistry()::unbind);
        camel.removeComponent("fusewire");
        camel.removeComponent(HttpClientConfig.COMPONENT);
        if (store != null) {
            store.close();
            store = null;
        }
    }

    private void words(
            Inbox inbox, RecentEvents recent, Backlog backlog, EventReader reader, ConfiguredPolls projects) {
        List<Poll> polls = dry() ? List.of() : projects.over(store, inbox, reader, clocks.steady());
        SinkRegistry sinks = new SinkRegistry();
        Deliveries deliveries = new Deliveries(store);
        ActiveSilences silences = new ActiveSilences(store, System::nanoTime);
        PendingEvents pending = new PendingEvents(store, settings.number("rules.max-open-incidents"), meters::changed);
        Templates templates = projects.templates(settings, clocks.wall());
        RulesModule rules = new RulesModule(recent, pending, reader, sinks, silences, meters::decided, secrets::redact);
        FusewireComponent component = new FusewireComponent();
        new WebhookModule(meters::answered).register(component);
        new PollModule(polls, meters::asked, secrets::redact).register(component);
        rules.register(component);
        DeliveryModule delivery = new DeliveryModule(
                sinks, deliveries, reader, secrets, templates, meters::attempted, clocks.wall(), secrets::redact);
        delivery.register(component);
        new MetricsModule(brought.meters()).register(component);
        camel.addComponent("fusewire", component);
        bind("fusewire-inbox", new InboxRepository(inbox));
        bind("fusewire-record-rule-failure", new RecordRuleFailure(secrets::redact));
        bind("fusewire-renew-lease", new RenewLease(deliveries));
        bind("fusewire-reject-response", new RejectResponse(clocks.wall()));
        Explainer explainer = new Explainer(camel, rules, sinks, templates);
        new AdminParts(camel, store, silences, meters, explainer, sinks, backlog)
                .byName()
                .forEach(this::bind);
        Destinations destinations = new Destinations(store);
        HttpClientConfig.limits().forEach(this::bind);
        bind("fusewire-housekeeping", housekeeping);
        StoreHealth readiness = new StoreHealth(
                brought.open(), brought.servers()::fullFor, clocks.wall(), inbox, backlog, destinations);
        health = new HealthChecks(camel, clocks.wall(), readiness, polls, store, housekeeping);
        health.all().forEach(check -> bind(check.getId(), check));
        Gauges gauges = new Gauges(brought.meters());
        bind("fusewire-reconciliation", new ReconciliationCheck(new Reconciliation(store), gauges));
        watch = () -> {
            rules.start();
            Set<String> watched = sinks.queuedSinks();
            watched.add("rules");
            gauges.watch(backlog, destinations, silences, watched, RouteModel.ruleNames(camel));
            polls.forEach(poll -> ConfiguredPolls.watch(poll, gauges));
        };
    }

    private boolean dry() {
        return settings.find(DRY).isPresent();
    }

    private void bind(String name, Object part) {
        camel.getRegistry().bind(name, part);
        bound.add(name);
    }
}
